namespace Platform.Coordination.InMemory;

/// <summary>Locks of one process. A lock that was not given back ends by itself; its late owner cannot give back the next owner's.</summary>
public sealed class InMemoryLocks(TimeProvider time) : ILocks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Held> _held = [];

    /// <inheritdoc />
    public ValueTask<IAsyncDisposable?> TryTakeAsync(string key, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        lock (_lock)
        {
            if (_held.TryGetValue(key, out var other) && time.GetElapsedTime(other.TakenAt) < other.Duration) { return ValueTask.FromResult<IAsyncDisposable?>(null); }
            var mine = new Held(this, key, time.GetTimestamp(), duration);
            _held[key] = mine;
            return ValueTask.FromResult<IAsyncDisposable?>(mine);
        }
    }

    private void Release(Held mine)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(mine.Key, out var current) && ReferenceEquals(current, mine)) { _held.Remove(mine.Key); }
        }
    }

    private sealed class Held(InMemoryLocks owner, string key, long takenAt, TimeSpan duration) : IAsyncDisposable
    {
        public string Key { get; } = key;

        public long TakenAt { get; } = takenAt;

        public TimeSpan Duration { get; } = duration;

        public ValueTask DisposeAsync() { owner.Release(this); return ValueTask.CompletedTask; }
    }
}
