namespace Platform.Coordination.InMemory;

/// <summary>Counters of one process. Ended ones are swept out when the table has doubled, so memory follows what is in use.</summary>
public sealed class InMemoryCounters(TimeProvider time) : ICounters
{
    private const int SmallestSweep = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private int _sweepAt = SmallestSweep;

    /// <inheritdoc />
    public ValueTask<(long Value, TimeSpan Left)> AddAsync(string key, long by, TimeSpan window, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        lock (_lock)
        {
            var entry = _entries.TryGetValue(key, out var found) && LeftOf(found) > TimeSpan.Zero ? found : new Entry(0, time.GetTimestamp(), window);
            entry = entry with { Value = entry.Value + by };
            _entries[key] = entry;
            if (_entries.Count >= _sweepAt) { Sweep(); }
            return ValueTask.FromResult((entry.Value, LeftOf(entry)));
        }
    }

    /// <summary>How many counters are held, ended ones included until they are swept.</summary>
    internal int Count { get { lock (_lock) { return _entries.Count; } } }

    private TimeSpan LeftOf(Entry entry) => entry.Window - time.GetElapsedTime(entry.StartedAt);

    private void Sweep()
    {
        foreach (var ended in _entries.Where(e => LeftOf(e.Value) <= TimeSpan.Zero).Select(e => e.Key).ToList()) { _entries.Remove(ended); }
        _sweepAt = Math.Max(SmallestSweep, _entries.Count * 2);
    }

    private readonly record struct Entry(long Value, long StartedAt, TimeSpan Window);
}
