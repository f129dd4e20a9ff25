using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NSubstitute;
using Platform.Coordination;
using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Jobs;
using Platform.Features.Publishing.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Sqlite;
using Platform.Tenancy;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Publishing;

/// <summary>Publishing on the real store and real signals, with a scripted network, channels and organizations; one process's worth of it.</summary>
internal sealed class PublishingRig : IAsyncDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);
    private readonly ServiceProvider _services;
    private readonly string _directory;
    private readonly bool _ownsDirectory;
    private WatchedStore? _watched;
    private readonly List<IHostedService> _started = [];

    public PublishingRig(TimeProvider clock, string? directory = null, params (string Key, string Value)[] settings)
    {
        (Clock, _ownsDirectory, _directory) = (clock, directory is null, directory ?? Directory.CreateTempSubdirectory("publishing-").FullName);
        Network = new(clock);
        Channels = new(Network, new Lazy<IPublishing>(() => Get<IPublishing>()));
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value).Append(new("Platform:DataDirectory", _directory)).Concat(TestMongo.Settings(_directory).Select(s => KeyValuePair.Create(s.Key, s.Value))));
        builder.Services.AddLogging(l => l.SetMinimumLevel(LogLevel.Error).AddConsole());
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<IChannels>(Channels).AddSingleton(Organizations.Door).AddSingleton<IPlanLimits>(Plans).AddSingleton<IAudit>(Audit);
        builder.Services.AddSingleton<IApprovalGate>(Gate).AddSingleton(Media).AddSingleton(Posts).AddSingleton<ISocialNetwork>(Network);
        builder.Services.AddSingleton<IPublicationObserver>(Changes).AddSingleton<IPublicationObserver>(OtherChanges);
        StorageModule.AddServices(builder);
        CoordinationModule.AddServices(builder);
        NetworksModule.AddServices(builder);
        builder.Services.AddSingleton<INetworks>(_ => { var networks = Substitute.For<INetworks>(); networks.Find("scripted").Returns(Network); return networks; });
        PublishingModule.AddServices(builder);
        builder.Services.AddSingleton<IDocumentStore>(services => Store = new FaultyStore(_watched = new WatchedStore(TestMongo.IsChosen ? services.GetRequiredService<MongoDocumentStore>() : services.GetRequiredService<SqliteDocumentStore>(), Quiet)));
        _services = builder.Services.BuildServiceProvider();
        Posts.GetAsync(default!, default!, default).ReturnsForAnyArgs(Problem.NotFound("post"));
    }

    public TimeProvider Clock { get; }
    public FakeClock Fake => (FakeClock)Clock;
    public Quiet Quiet { get; } = new();
    public ScriptedNetwork Network { get; }
    public ScriptedChannels Channels { get; }
    public ScriptedOrganizations Organizations { get; } = new();
    public ScriptedPlans Plans { get; } = new();
    public RecordedAudit Audit { get; } = new();
    public ScriptedGate Gate { get; } = new();
    public RecordedChanges Changes { get; } = new();
    public OtherChanges OtherChanges { get; } = new();
    public IMedia Media { get; } = Substitute.For<IMedia>();
    public IPosts Posts { get; } = Substitute.For<IPosts>();
    public FaultyStore? Store { get; private set; }
    public Caller Caller { get; } = new() { Kind = CallerKind.Person, Name = "Ada", UserId = Ids.New(), Organization = new OrganizationId(Ids.New()), Role = Role.Owner };

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts the dispatcher and the relay.</summary>
    public async Task<PublishingRig> StartAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Where(s => s is PublishingDispatcher or OutboxRelay))
        {
            await Quiet.BeginAsync(() => service.StartAsync(CancellationToken.None));
            _started.Add(service);
        }
        return this;
    }

    /// <summary>Stops them, as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        foreach (var service in _started) { await service.StopAsync(CancellationToken.None); }
        _started.Clear();
    }

    /// <summary>Ends at once, as a kill does: nothing is drained, and nothing more is stored.</summary>
    public async Task CrashAsync()
    {
        _watched?.Cut();
        _started.Clear();
        await _services.DisposeAsync();
    }

    /// <summary>Writes a post on channels, as the Content feature does; returns its id.</summary>
    public async Task<string> WriteAsync(string text, string[]? channels = null, string[]? more = null, Caller? caller = null, string? postId = null)
    {
        var (batch, post) = (new WriteBatch(), postId ?? Ids.New());
        (await Get<IPublishing>().StageAsync(caller ?? Caller, Plan(post, channels ?? ["c1"], [text, .. more ?? []]), batch, CancellationToken.None)).Unwrap();
        (await Get<IDocumentStore>().CommitAsync(batch, CancellationToken.None)).ShouldBeTrue();
        return post;
    }

    public static PublicationPlan Plan(string postId, string[] channels, string[] parts) =>
        new(postId, [.. channels.Select(c => new PlannedPublication(c, "scripted", new() { Parts = [.. parts.Select(p => new PublicationPart(p, []))] }))], Approval: null);

    /// <summary>Schedules a post so long from now.</summary>
    public async Task ScheduleAsync(string postId, TimeSpan after) =>
        (await Get<IScheduling>().ScheduleAsync(Caller, postId, new(null, null, Clock.GetUtcNow() + after), CancellationToken.None)).Unwrap();

    /// <summary>Writes and schedules.</summary>
    public async Task<string> ScheduledAsync(string text, TimeSpan after, string channel = "c1", string[]? more = null)
    {
        var post = await WriteAsync(text, [channel], more);
        await ScheduleAsync(post, after);
        return post;
    }

    /// <summary>The one publication of a post.</summary>
    public async Task<PublicationView> ViewAsync(string postId) => (await Get<IPublishing>().OfPostsAsync(Caller, [postId], CancellationToken.None))[postId].Single();

    /// <summary>Waits until the post's publication is in the state.</summary>
    public Task<PublicationView> UntilAsync(string postId, PublicationState state, int seconds = 20) => Eventually.ValueAsync(async () =>
    {
        var view = await ViewAsync(postId);
        return view.State == state ? view : null;
    }, $"the publication is {state}", seconds);

    /// <summary>Moves the fake clock on until the condition holds: from timer to timer, or in whole steps where they are longer than any loop sleeps. Time stands still while anything works.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> condition, TimeSpan step, TimeSpan most)
    {
        var end = Fake.GetUtcNow() + most;
        while (!await Quiet.UntilAsync(condition))
        {
            (Fake.GetUtcNow() < end).ShouldBeTrue($"it did not happen within {most}");
            if (step > LongestSleep) { Fake.Advance(step); } else { Fake.AdvanceToNext(step); }
        }
    }

    /// <summary>Runs SQL on the file itself, past the store.</summary>
    public void Execute(string sql)
    {
        Assert.SkipWhen(TestMongo.IsChosen, "it changes the embedded engine's file");
        using var connection = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(_directory)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery().ShouldBe(1);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        if (!_ownsDirectory) { return; }
        if (TestMongo.IsChosen) { TestMongo.Drop(TestMongo.NameOf(_directory)); }
        Directory.Delete(_directory, recursive: true);
    }
}
