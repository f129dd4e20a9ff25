namespace Platform.Tests.TestKit;

/// <summary>A clock that tests move by hand; timers fire, in order, inside <see cref="Advance"/>. Thread-safe.</summary>
public sealed class FakeClock(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start ?? new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() { lock (_lock) { return _now; } }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>How many timers wait; lets a test wait until the code under test has gone to sleep.</summary>
    public int WaitingTimers { get { lock (_lock) { return _timers.Count(t => t.DueAt is not null); } } }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (_lock) { _timers.Add(timer); }
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward and fires what is due on the way, each at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer) { timer.Fire(); }
        lock (_lock) { _now = target; }
    }

    /// <summary>Moves time forward to the next timer, but no further than <paramref name="atMost"/>: what a timer wakes finds the clock at its own moment.</summary>
    public void AdvanceToNext(TimeSpan atMost)
    {
        TimeSpan next;
        lock (_lock) { next = _timers.Min(t => t.DueAt) - _now ?? atMost; }
        Advance(next < TimeSpan.Zero ? TimeSpan.Zero : next < atMost ? next : atMost);
    }

    /// <summary>Sets the wall clock to another moment without firing what lies between (an NTP step).</summary>
    public void Step(TimeSpan by) { lock (_lock) { _now += by; } }

    private FakeTimer? NextDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            var next = _timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
            if (next?.DueAt is { } due && due > _now) { _now = due; }
            return next;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? DueAt { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                _period = period;
            }
            if (dueTime == TimeSpan.Zero) { Fire(); }
            return true;
        }

        public void Fire()
        {
            lock (clock._lock)
            {
                if (DueAt is null) { return; }
                DueAt = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : clock._now + _period;
            }
            callback(state);
        }

        public void Dispose() { lock (clock._lock) { DueAt = null; clock._timers.Remove(this); } }

        public ValueTask DisposeAsync() { Dispose(); return ValueTask.CompletedTask; }
    }
}
