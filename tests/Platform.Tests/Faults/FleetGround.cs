using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage.Mongo;
using Platform.Tenancy;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

[CollectionDefinition(Name)]
public sealed class FleetCollection : ICollectionFixture<FleetGround>
{
    /// <summary>Tests with several copies, one after another: each keeps the machine busy by itself.</summary>
    public const string Name = "fleet";
}

/// <summary>One database on the MongoDB-compatible server with an organization and its channels on a sink, made once through the app's own API. Every run has its own posts.</summary>
public sealed class FleetGround : IAsyncDisposable
{
    private const int Channels = 16;
    private readonly SemaphoreSlim _once = new(1, 1);
    private readonly List<string> _channels = [];
    private PublicationRecord? _draft;

    /// <summary>Where the sink listens; on the loopback where nothing is said.</summary>
    internal IPAddress? SinkAt { get; init; }

    /// <summary>A server of the test's own; the shared one where nothing is said.</summary>
    internal string? MongoUri { get; init; }

    internal SandboxSink Sink { get; private set; } = null!;

    internal MongoDocumentStore Store { get; private set; } = null!;

    /// <summary>An owner of the organization.</summary>
    internal TestCustomer Owner { get; private set; } = null!;

    internal string Database { get; } = "test_fleet_" + Ids.New();

    /// <summary>What all copies share besides the database.</summary>
    internal string MasterKey { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Skips where the server is not there.</summary>
    internal async Task<Fleet> NewFleetAsync(RedisProcess? redis = null)
    {
        var uri = Server;
        await _once.WaitAsync();
        try { if (_draft is null) { await MakeAsync(uri); } }
        finally { _once.Release(); }
        await Posts.DeleteManyAsync(r => r.Publication.PostId != "", default);
        return new Fleet(this, Sink.NewRun(), redis);
    }

    /// <summary>The settings that make a process a copy of this installation.</summary>
    internal Dictionary<string, string> Settings(string? redis) => new()
    {
        ["Storage__Engine"] = "Mongo", ["Storage__MongoUri"] = Server, ["Storage__MongoDatabase"] = Database, ["Platform__MasterKey"] = MasterKey,
        ["Coordination__RedisUrl"] = redis ?? "", ["Publishing__ConcurrencyPerOrganization"] = "64", ["Accounts__PasswordIterations"] = "1000",
    };

    /// <summary>All posts of the run that is.</summary>
    internal Platform.Storage.IDocuments<PublicationRecord> Posts => Store.ForPlatform<PublicationRecord>(Caller.Platform);

    /// <summary>Stores so many posts that are all due at one moment, spread over the channels.</summary>
    internal async Task ScheduleAsync(int count, DateTimeOffset due, int channels = Channels)
    {
        var at = ScheduleClock.Resolve(due, "Europe/Berlin").Unwrap().Due;
        var batch = Ids.New()[^6..];
        var records = Enumerable.Range(0, count).Select(i =>
        {
            var content = new PublicationContent { Parts = [new PublicationPart($"post {batch} {i.ToString(CultureInfo.InvariantCulture)}", [])] };
            var publication = _draft!.Publication with { ChannelId = _channels[i % channels], Content = content };
            return new PublicationRecord { OrganizationId = _draft.OrganizationId, Publication = publication.Clear().Schedule(at, "test", DateTimeOffset.UtcNow).Unwrap() };
        });
        foreach (var chunk in records.Chunk(100)) { await Posts.InsertManyAsync(chunk, default); }
    }

    public async ValueTask DisposeAsync()
    {
        if (_draft is null) { return; }
        await Sink.DisposeAsync();
        await TestMongo.DropAsync(Store);
        _once.Dispose();
    }

    private string Server => MongoUri ?? TestServers.Require("MONGODB_URI");

    private async Task MakeAsync(string uri)
    {
        Sink = await SandboxSink.StartAsync(SinkAt);
        await using (var app = new PlatformApp().With("Publishing:Enabled", "false").With("Jobs:Enabled", "false"))
        {
            foreach (var (key, value) in Settings(null)) { app.With(key.Replace("__", ":", StringComparison.Ordinal), value); }
            Owner = await app.SignUpAsync();
            for (var i = 0; i < Channels; i++)
            {
                var channel = await (await Owner.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox", serviceUrl = Sink.Url })).ReadAsync();
                _channels.Add(channel.GetProperty("id").GetString()!);
            }
            await (await Owner.Client.PostAsJsonAsync("/api/v1/content", new { text = "the first", channelIds = new[] { _channels[0] } })).ReadAsync();
        }
        Store = TestMongo.Open([PublicationStore.Collection], MongoAddress.Of(uri, Database));
        _draft = (await Posts.FindAsync(new() { Limit = 1 }, default)).Items.ShouldHaveSingleItem();
    }
}
