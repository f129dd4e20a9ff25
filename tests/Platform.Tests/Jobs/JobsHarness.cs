using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Coordination;
using Platform.Coordination.InMemory;
using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Jobs.Workers;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Sqlite;
using Platform.Tests.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Jobs;

/// <summary>A store, a clock and signals that any number of job servers share, as copies of the app would.</summary>
public sealed class JobsHarness : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-jobs-").FullName;
    private readonly List<ServiceProvider> _providers = [];
    private readonly IDocumentStore _store;

    public JobsHarness(DateTimeOffset? start = null)
    {
        Clock = new FakeClock(start);
        Probe = new Probe(Clock);
        Signals = new InMemorySignals(NullLogger<InMemorySignals>.Instance);
        ICollection[] collections = [JobStore.Collection, RecurringStore.Collection, ServerStore.Collection];
        _store = TestMongo.IsChosen ? TestMongo.Open(collections) : SqliteDocumentStore.Open(_folder, collections);
        Front = AddCopy();
    }

    public FakeClock Clock { get; }

    public Quiet Quiet { get; } = new();

    public Probe Probe { get; }

    public InMemorySignals Signals { get; }

    /// <summary>Leases outlive what a clock that flies can do to them; tests of leases ask for <see cref="ShortLeases"/>.</summary>
    public Action<JobsOptions> Options { get; set; } = o => o.LeaseSeconds = 3_600;

    /// <summary>The settings as they are by default.</summary>
    public static readonly Action<JobsOptions> ShortLeases = _ => { };

    /// <summary>A copy that only enqueues.</summary>
    public ServiceProvider Front { get; }

    public IJobQueue Queue => Front.GetRequiredService<IJobQueue>();

    public IJobMonitor Monitor => Front.GetRequiredService<IJobMonitor>();

    public JobStore Store => Front.GetRequiredService<JobStore>();

    public IDocumentStore Documents => _store;

    public IDocuments<StoredJob> Jobs => _store.ForPlatform<StoredJob>(Caller.Platform);

    /// <summary>A copy that works.</summary>
    public async Task<JobServer> StartAsync()
    {
        var server = AddCopy().GetRequiredService<JobServer>();
        await Quiet.BeginAsync(() => server.StartAsync(CancellationToken.None));
        return server;
    }

    public Task<string> EnqueueAsync(string text, string? organization = null, JobOptions? options = null) =>
        Queue.EnqueueAsync<NoteJob, Note>(organization is null ? Caller.Platform : Caller.System(organization), new Note(text), options);

    public async Task<StoredJob> JobAsync(string id) => (await Jobs.GetAsync(id, CancellationToken.None)).ShouldNotBeNull();

    public Task UntilAsync(string id, JobState state) =>
        Eventually.TrueAsync(async () => (await Jobs.GetAsync(id, CancellationToken.None))?.State == state, $"job is {state}");

    /// <summary>Lets time go by, from timer to timer or in steps of the given length, until something holds. Time stands still while anything works.</summary>
    public async Task AdvanceUntilAsync(Func<Task<bool>> condition, string what, TimeSpan? step = null, int steps = 2_000)
    {
        for (var i = 0; !await Quiet.UntilAsync(condition); i++)
        {
            if (i == steps) { throw new TimeoutException($"did not happen in {steps} steps: {what}"); }
            if (step is { } length) { Clock.Advance(length); } else { Clock.AdvanceToNext(TimeSpan.FromSeconds(1)); }
        }
    }

    public Task AdvanceUntilAsync(string id, JobState state) => AdvanceUntilAsync(async () => (await JobAsync(id)).State == state, $"job is {state}");

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.GetRequiredService<JobServer>().CrashAsync();
            await provider.DisposeAsync();
        }
        if (_store is MongoDocumentStore mongo) { await TestMongo.DropAsync(mongo); } else { await ((IAsyncDisposable)_store).DisposeAsync(); }
        Directory.Delete(_folder, recursive: true);
    }

    private ServiceProvider AddCopy()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock).AddSingleton<ISignals>(Signals).AddSingleton<IDocumentStore>(_ => new WatchedStore(_store, Quiet)).AddSingleton(Probe);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddOptions<JobsOptions>().Configure(o => Options(o));
        JobsModule.AddJobsRoom(services);
        services.AddJob<NoteJob, Note>().AddJob<DailyJob, Nothing>();
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider;
    }
}
