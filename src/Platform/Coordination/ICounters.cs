namespace Platform.Coordination;

/// <summary>Counters with an end, for rate limits across copies.</summary>
public interface ICounters
{
    /// <summary>Adds to a counter that ends <paramref name="window"/> after its first addition; returns its value and what is left of its time.</summary>
    ValueTask<(long Value, TimeSpan Left)> AddAsync(string key, long by, TimeSpan window, CancellationToken cancellationToken = default);
}

/// <summary>Short locks, for what is better done once at a time. A hint like all coordination: the store's conditions remain the truth.</summary>
public interface ILocks
{
    /// <summary>Takes a lock for at most <paramref name="duration"/>; null where another holds it. Disposing gives it back.</summary>
    ValueTask<IAsyncDisposable?> TryTakeAsync(string key, TimeSpan duration, CancellationToken cancellationToken = default);
}

/// <summary>A cache whose entries may vanish at any time.</summary>
public interface ICache
{
    /// <summary>The entry, or null.</summary>
    ValueTask<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default) where T : class;

    /// <summary>Keeps an entry for a time.</summary>
    ValueTask SetAsync<T>(string key, T value, TimeSpan duration, CancellationToken cancellationToken = default) where T : class;

    /// <summary>Forgets an entry, in every copy.</summary>
    ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default);
}
