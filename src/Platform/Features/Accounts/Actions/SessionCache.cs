using System.Collections.Concurrent;
using Platform.Coordination;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;

namespace Platform.Features.Accounts.Actions;

/// <summary>Standings of the last seconds in this copy; a session's change, heard through <see cref="Topics.SessionsChanged"/>, drops its user's.</summary>
public sealed class SessionCache : IDisposable
{
    private const int Most = 50_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private long _generation;

    /// <summary>Begins to listen.</summary>
    public SessionCache(ISignals signals, TimeProvider time)
    {
        _time = time;
        _subscription = signals.Subscribe(Topics.SessionsChanged, user => { Drop(user); return Task.CompletedTask; });
    }

    /// <summary>Now, by the app's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Grows with every drop; an answer that was worked out across a drop is not kept.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>A fresh answer, which may be that the session is over.</summary>
    public bool TryGet(string key, out Standing? standing)
    {
        var found = _entries.TryGetValue(key, out var entry) && Now - entry.At < Fresh && Now >= entry.At;
        standing = found ? entry!.Standing : null;
        return found;
    }

    /// <summary>Keeps an answer, unless something was dropped since <paramref name="generation"/> was read.</summary>
    public void Keep(string key, Session? session, Standing? standing, long generation) => Keep(key, new Entry(session?.UserId, session?.ImpersonatorId, standing, Now), generation);

    /// <summary>Keeps an answer for an API key of a user, likewise.</summary>
    public void KeepKey(string key, string userId, Standing? standing, long generation) => Keep(key, new Entry(userId, null, standing, Now), generation);

    /// <summary>Forgets what is known of a user's sessions, and of those that they hold as somebody else.</summary>
    public void Drop(string userId)
    {
        Interlocked.Increment(ref _generation);
        foreach (var (key, entry) in _entries) { if (entry.UserId == userId || entry.ImpersonatorId == userId) { _entries.TryRemove(key, out _); } }
    }

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    private void Keep(string key, Entry entry, long generation)
    {
        if (_entries.Count >= Most) { _entries.Clear(); }
        if (generation == Generation) { _entries[key] = entry; }
    }

    private sealed record Entry(string? UserId, string? ImpersonatorId, Standing? Standing, DateTimeOffset At);
}
