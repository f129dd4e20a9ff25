using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace Platform.Coordination.InMemory;

/// <summary>A cache of one process, at most <see cref="Capacity"/> entries. Entries are shared, not copied: keep immutable records in it.</summary>
public sealed class InMemoryCache(TimeProvider time) : ICache, IDisposable
{
    /// <summary>How many entries are kept; beyond it the least used go.</summary>
    public const int Capacity = 20_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = Capacity, Clock = new Clock(time) });

    /// <inheritdoc />
    public ValueTask<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default) where T : class =>
        ValueTask.FromResult(_cache.TryGetValue(key, out var value) ? value as T : null);

    /// <inheritdoc />
    public ValueTask SetAsync<T>(string key, T value, TimeSpan duration, CancellationToken cancellationToken = default) where T : class
    {
        _cache.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = time.GetUtcNow() + duration });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        _cache.Remove(key);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();

    private sealed class Clock(TimeProvider time) : ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
