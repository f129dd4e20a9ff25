using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Storage;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>Real processes, each a copy of the app with a data folder of its own, on one database and (where given) one Redis; and what the network saw of them.</summary>
internal sealed class Fleet(FleetGround ground, SinkRun sink, RedisProcess? redis) : IAsyncDisposable
{
    private readonly List<AppProcess> _copies = [];
    private readonly List<string> _folders = [];
    private readonly Dictionary<AppProcess, string> _homes = [];

    public SinkRun Sink => sink;

    public IReadOnlyList<AppProcess> Copies => _copies;

    /// <summary>Starts a copy; <paramref name="more"/> are settings of this one alone, <paramref name="inside"/> is a network of its own.</summary>
    public AppProcess Start(IReadOnlyDictionary<string, string>? more = null, string? folder = null, NetworkNamespace? inside = null)
    {
        if (folder is null) { _folders.Add(folder = Directory.CreateTempSubdirectory("fleet-").FullName); }
        var settings = ground.Settings(redis?.Address);
        foreach (var (key, value) in more ?? new Dictionary<string, string>()) { settings[key] = value; }
        var copy = AppProcess.Start(folder, more: settings, inside: inside);
        _copies.Add(copy);
        _homes[copy] = folder;
        return copy;
    }

    /// <summary>Starts so many copies and waits until all listen.</summary>
    public async Task StartAsync(int copies, IReadOnlyDictionary<string, string>? more = null)
    {
        for (var i = 0; i < copies; i++) { Start(more); }
        await Task.WhenAll(_copies.Select(c => c.ListeningAsync()));
    }

    /// <summary>The name by which a copy's claims are known: its data folder's.</summary>
    public string NodeOf(AppProcess copy) => File.ReadAllText(Path.Combine(_homes[copy], "node-id")).Trim();

    /// <summary>A data folder of its own that goes with the fleet.</summary>
    public string NewFolder()
    {
        _folders.Add(Directory.CreateTempSubdirectory("fleet-").FullName);
        return _folders[^1];
    }

    /// <summary>Stores posts due at a moment that every dispatcher knows of before it comes: none sleeps longer than five seconds. Returns the moment.</summary>
    public async Task<DateTimeOffset> ScheduleAsync(int count, int channels = 16, double seconds = 6)
    {
        var due = DateTimeOffset.UtcNow.AddSeconds(seconds + (count / 150d));
        await ground.ScheduleAsync(count, due, channels);
        return due;
    }

    /// <summary>Waits until every post is in one of the states.</summary>
    public Task UntilAllAsync(PublicationState[] states, int seconds = 60)
    {
        var wanted = states.ToList();
        return EventuallyAsync(async () => await ground.Posts.CountAsync(r => r.Publication.PostId != "" && !wanted.Contains(r.Publication.State), default) == 0, $"all are {string.Join(" or ", states)}", seconds);
    }

    /// <summary>How many posts are in a state.</summary>
    public Task<long> CountAsync(PublicationState state) => ground.Posts.CountAsync(r => r.Publication.State == state, default);

    /// <summary>Waits until a copy has said something.</summary>
    public Task SaidAsync(AppProcess copy, string words, int seconds = 30) => EventuallyAsync(() => Task.FromResult(copy.Output.Contains(words, StringComparison.Ordinal)), $"a copy says: {words}", seconds);

    /// <summary>All posts as stored.</summary>
    public async Task<IReadOnlyList<PublicationRecord>> StoredAsync()
    {
        var all = new List<PublicationRecord>();
        await foreach (var record in ground.Posts.StreamAsync(new Query<PublicationRecord> { Limit = 200 }, default)) { all.Add(record); }
        return all;
    }

    /// <summary>Asserts every invariant against the network's own log, and returns what is stored.</summary>
    public async Task<IReadOnlyList<PublicationRecord>> CheckAsync(int posts)
    {
        var stored = await StoredAsync();
        stored.Count.ShouldBe(posts);
        InvariantChecker.Breaches(stored, sink, []).ShouldBeEmpty();
        return stored;
    }

    /// <summary>How late the network accepted each post of a moment, sorted.</summary>
    public IReadOnlyList<TimeSpan> Lateness(DateTimeOffset due, DateTimeOffset? until = null) =>
        [.. sink.Accepted.Where(a => a.At >= due && (until is null || a.At < until)).Select(a => a.At - due).Order()];

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in _copies) { await copy.DisposeAsync(); }
        foreach (var folder in _folders) { Directory.Delete(folder, recursive: true); }
    }

    private async Task EventuallyAsync(Func<Task<bool>> condition, string what, int seconds)
    {
        try { await Eventually.TrueAsync(async () => { if (await condition()) { return true; } await Task.Delay(150); return false; }, what, seconds); }
        catch (TimeoutException late) { throw new TimeoutException($"{late.Message}\n{await StandingAsync()}\n{string.Join("\n--- next copy ---\n", _copies.Select(c => c.Output))}"); }
    }

    // How many are in each state, and the story of some that are not out.
    private async Task<string> StandingAsync()
    {
        var stored = (await StoredAsync()).Select(r => r.Publication).ToList();
        var stories = stored.Where(p => p.State is not Published).Take(3).Select(p =>
            $"{p.State}, wakes {p.WakeAt:O}, lease {p.Lease}, epoch {p.Epoch}: {string.Join("; ", p.Ledger.Select(l => $"{l.At:HH:mm:ss.fff} {l.Reason}"))}; {string.Join("; ", p.Attempts.Select(a => $"{a.StartedAt:HH:mm:ss.fff} {a.Outcome}"))}");
        return $"{DateTimeOffset.UtcNow:O} {string.Join(", ", stored.GroupBy(p => p.State).Select(g => $"{g.Count()} {g.Key}"))}\n{string.Join('\n', stories)}";
    }
}
