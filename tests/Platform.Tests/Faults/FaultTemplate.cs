using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Sqlite;
using Platform.Tenancy;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>A data folder made once through the app's own API: an organization, eight channels on a sink, sixty posts. Every run works on a copy.</summary>
public sealed class FaultTemplate : IAsyncLifetime
{
    private const int Channels = 8;
    private const int Posts = 60;
    private readonly string _template = Directory.CreateTempSubdirectory("fault-template-").FullName;

    private IReadOnlyList<ICollection> _collections = [];

    internal SandboxSink Sink { get; private set; } = null!;

    internal string AccessToken { get; private set; } = "";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Sink = await SandboxSink.StartAsync();
        await using var app = new PlatformApp().With("Storage:Engine", "Sqlite").With("Platform:DataDirectory", _template).With("Publishing:Enabled", "false");
        var customer = await app.SignUpAsync();
        _collections = [.. app.Services.GetServices<ICollection>()];
        // A key, not the session's token: two hundred runs take longer than a token lives.
        await customer.Client.PostAsJsonAsync("/api/v1/auth/confirm", new { password = customer.Password });
        var key = await customer.Client.PostAsJsonAsync("/api/v1/api-keys", new { name = "faults", scopes = (string[])["contentRead", "contentWrite", "contentPublish"] });
        AccessToken = (await key.ReadAsync()).GetProperty("secret").GetString()!;
        var channels = new List<string>();
        for (var i = 0; i < Channels; i++)
        {
            var channel = await (await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox", serviceUrl = Sink.Url })).ReadAsync();
            channels.Add(channel.GetProperty("id").GetString()!);
        }
        for (var i = 0; i < Posts; i++)
        {
            // Every sixth is a thread of three.
            object[] parts = i % 6 == 5 ? [new { text = $"post {i}, second" }, new { text = $"post {i}, third" }] : [];
            await (await customer.Client.PostAsJsonAsync("/api/v1/content", new { text = $"post {i}", channelIds = new[] { channels[i % Channels] }, parts })).ReadAsync();
        }
    }

    // The lock is the owner's, and the shared-memory index of the log is made anew at opening.
    private static bool IsData(string file) => !file.EndsWith(".lock", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal);

    /// <summary>
    /// A fresh copy with the first posts scheduled so long from now (spread a little where <paramref name="spread"/> says so), on the engine of the test run
    /// or on <paramref name="place"/>.
    /// </summary>
    internal async Task<FaultRun> NewRunAsync(int posts, TimeSpan after, Random? spread = null, FaultPlace? place = null)
    {
        place ??= FaultPlace.Chosen;
        var directory = place.Directory ?? Directory.CreateTempSubdirectory("fault-run-").FullName;
        foreach (var file in Directory.EnumerateFiles(_template, "*", SearchOption.AllDirectories).Where(IsData))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(_template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        await using (var store = SqliteDocumentStore.Open(directory, [PublicationStore.Collection]))
        {
            var all = store.ForPlatform<PublicationRecord>(Caller.Platform);
            var now = DateTimeOffset.UtcNow;
            var records = (await all.FindAsync(new() { Limit = 1000 }, default)).Items;
            records.Count.ShouldBe(Posts);
            foreach (var (record, i) in records.Select((r, i) => (r, i)))
            {
                if (i >= posts) { await all.DeleteAsync(record.Id, default); continue; }
                var due = ScheduleClock.Resolve(now + after + TimeSpan.FromMilliseconds(spread?.Next(0, 2000) ?? 0), "Europe/Berlin").Unwrap().Due;
                (await all.TryReplaceAsync(record with { Publication = record.Publication.Clear().Schedule(due, "test", now).Unwrap() }, default)).ShouldNotBeNull();
            }
        }
        if (place.MongoUri is { } uri) { await TestMongo.FillAsync(directory, _collections, uri); }
        return new FaultRun(directory, Sink.NewRun(), place.MongoUri);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Sink.DisposeAsync();
        Directory.Delete(_template, recursive: true);
    }
}

/// <summary>Where a run keeps its records: in its folder (one of its own, or the one that is named), or in a database of the server at this address.</summary>
internal sealed record FaultPlace(string? MongoUri, string? Directory = null)
{
    public static readonly FaultPlace Sqlite = new((string?)null);

    /// <summary>The engine that PLATFORM_TEST_STORAGE asks for.</summary>
    public static FaultPlace Chosen => TestMongo.IsChosen ? Mongo : Sqlite;

    /// <summary>The server that all tests share.</summary>
    public static FaultPlace Mongo => new(TestServers.Require("MONGODB_URI"));
}

/// <summary>One run: its data folder, what the network saw, and the server where it has one.</summary>
internal sealed record FaultRun(string Directory, SinkRun Sink, string? MongoUri) : IDisposable
{
    private readonly MongoDocumentStore? _mongo = MongoUri is null ? null : TestMongo.Open([PublicationStore.Collection], MongoAddress.Of(MongoUri, TestMongo.NameOf(Directory)));

    /// <summary>Starts the app on this run's records; <paramref name="mongoUri"/> is another way to its server, as through a proxy.</summary>
    public AppProcess Start(string? failpoint = null, IReadOnlyDictionary<string, string>? more = null, string? mongoUri = null)
    {
        var settings = new Dictionary<string, string> { ["Storage__Engine"] = MongoUri is null ? "Sqlite" : "Mongo" };
        if (MongoUri is not null) { (settings["Storage__MongoUri"], settings["Storage__MongoDatabase"]) = (mongoUri ?? MongoUri, TestMongo.NameOf(Directory)); }
        foreach (var (key, value) in more ?? new Dictionary<string, string>()) { settings[key] = value; }
        return AppProcess.Start(Directory, failpoint, more: settings);
    }

    /// <summary>How many publications are in each state, read beside the running app.</summary>
    public Dictionary<PublicationState, long> States()
    {
        if (_mongo is not null) { return All(_mongo).GroupBy(r => r.Publication.State).ToDictionary(g => g.Key, g => g.LongCount()); }
        using var connection = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(Directory)};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT json_extract(body, '$.publication.state'), count(*) FROM publications GROUP BY 1";
        using var reader = command.ExecuteReader();
        var states = new Dictionary<PublicationState, long>();
        while (reader.Read()) { states[Enum.Parse<PublicationState>(reader.GetString(0))] = reader.GetInt64(1); }
        return states;
    }

    /// <summary>Waits until every publication is in one of the states.</summary>
    public async Task UntilAllAsync(PublicationState[] states, AppProcess app, int seconds = 60)
    {
        bool AreThere()
        {
            app.HasExited.ShouldBeFalse($"the app ended by itself:\n{app.Output}");
            return States().Keys.All(states.Contains);
        }
        try { await Eventually.TrueAsync(AreThere, $"all are {string.Join(" or ", states)}", seconds); }
        catch (TimeoutException late) { throw new TimeoutException($"{late.Message}; they are {string.Join(", ", States())}\n{app.Output}", late); }
    }

    /// <summary>What is stored, after the app has ended.</summary>
    public async Task<IReadOnlyList<PublicationRecord>> StoredAsync()
    {
        if (_mongo is not null) { return All(_mongo); }
        await using var store = SqliteDocumentStore.Open(Directory, [PublicationStore.Collection]);
        return (await store.ForPlatform<PublicationRecord>(Caller.Platform).FindAsync(new() { Limit = 1000 }, default)).Items;
    }

    public void Dispose()
    {
        _mongo?.Dispose();
        if (_mongo is not null) { TestMongo.Drop(TestMongo.NameOf(Directory), MongoUri); }
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static IReadOnlyList<PublicationRecord> All(MongoDocumentStore store) =>
        store.ForPlatform<PublicationRecord>(Caller.Platform).FindAsync(new() { Limit = 1000 }, default).GetAwaiter().GetResult().Items;
}
