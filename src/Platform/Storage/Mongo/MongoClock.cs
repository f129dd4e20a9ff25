using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>
/// The database's time, by which every copy of the app goes: leases, due times and ends are then compared on one clock, however wrong a machine's own is.
/// Each answer of the server bounds its time from both sides; we stand at the lower bound, so that nothing ever happens early, and between two answers we
/// go by the machine's monotonic clock. Until the first answer it is the machine's time.
/// </summary>
internal sealed class MongoClock(TimeProvider machine) : TimeProvider
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);
    // A step back of less than this is hidden: time stands still until it is caught up with.
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private Anchor? _anchor;
    private DateTimeOffset _latest;

    /// <summary>How much the machine's clock is ahead of the database's; zero until the database has answered.</summary>
    public TimeSpan MachineIsAheadBy { get { lock (_lock) { return _anchor is null ? TimeSpan.Zero : machine.GetUtcNow() - Now(machine.GetTimestamp()); } } }

    /// <inheritdoc />
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>Asks the server once.</summary>
    public async Task AskAsync(MongoDatabase database, CancellationToken cancellationToken)
    {
        var asked = machine.GetTimestamp();
        var hello = await database.RunAsync("server", connection => connection.Command(new BsonMap("hello", 1), "admin"), cancellationToken);
        if (hello["localTime"] is long milliseconds) { Learn(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), asked, machine.GetTimestamp()); }
    }

    /// <summary>The server's time was this at some moment between two timestamps.</summary>
    public void Learn(DateTimeOffset server, long asked, long answered)
    {
        var most = server + machine.GetElapsedTime(asked, answered) + Rounding;
        lock (_lock)
        {
            if (_anchor is null) { (_anchor, _latest) = (new(server, answered), server); return; }
            var now = Now(answered);
            if (now < server || now > most) { _anchor = new(server, answered); }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (_anchor is null) { return machine.GetUtcNow(); }
            var now = Now(machine.GetTimestamp());
            if (now < _latest && _latest - now < Hidden) { return _latest; }
            return _latest = now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    private DateTimeOffset Now(long timestamp) => _anchor!.Time + machine.GetElapsedTime(_anchor.Timestamp, timestamp);

    private sealed record Anchor(DateTimeOffset Time, long Timestamp);
}

/// <summary>Keeps the clock by the database's, and says where the machine's own is wrong.</summary>
internal sealed class MongoClockKeeper(MongoDocumentStore store, MongoClock clock, ILogger<MongoClockKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5), Tolerated = TimeSpan.FromSeconds(2);
    private bool _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do { await LookAsync(stoppingToken); }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
    }

    private async Task LookAsync(CancellationToken stopping)
    {
        try { await clock.AskAsync(store.Database, stopping); }
        catch (StorageUnavailableException failure) { log.LogDebug(failure, "The database's time cannot be asked now; the monotonic clock carries on"); return; }
        var ahead = clock.MachineIsAheadBy;
        var wrong = ahead.Duration() > Tolerated;
        if (wrong && !_told) { log.LogWarning("This machine's clock is {Seconds:0.#} s ahead of the database's; the database's counts. Look at its time service (NTP)", ahead.TotalSeconds); }
        if (!wrong && _told) { log.LogInformation("This machine's clock agrees with the database's again"); }
        _told = wrong;
    }
}
