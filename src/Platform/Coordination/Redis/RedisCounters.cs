using StackExchange.Redis;

namespace Platform.Coordination.Redis;

/// <summary>Counters that all copies add to. While Redis is gone each copy counts for itself.</summary>
internal sealed class RedisCounters(RedisLink link, ICounters local) : ICounters
{
    private const string Add = """
        local value = redis.call('INCRBY', KEYS[1], ARGV[1])
        local left = redis.call('PTTL', KEYS[1])
        if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) left = tonumber(ARGV[2]) end
        return {value, left}
        """;

    /// <inheritdoc />
    public ValueTask<(long Value, TimeSpan Left)> AddAsync(string key, long by, TimeSpan window, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        var milliseconds = Math.Max(1, (long)window.TotalMilliseconds);
        return link.AskAsync(async redis =>
        {
            var answer = (RedisResult[])await redis.GetDatabase().ScriptEvaluateAsync(Add, [$"platform:counter:{key}"], [by, milliseconds]);
            return ((long)answer[0], TimeSpan.FromMilliseconds((long)answer[1]));
        }, () => local.AddAsync(key, by, window, cancellationToken));
    }
}

/// <summary>Locks that all copies see. While Redis is gone they hold within each copy only; the store's conditions remain the truth.</summary>
internal sealed class RedisLocks(RedisLink link, ILocks local) : ILocks
{
    private const string GiveBack = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    /// <inheritdoc />
    public ValueTask<IAsyncDisposable?> TryTakeAsync(string key, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var (name, mine) = ($"platform:lock:{key}", Primitives.Ids.New());
        return link.AskAsync<IAsyncDisposable?>(
            async redis => await redis.GetDatabase().StringSetAsync(name, mine, duration, When.NotExists) ? new Held(link, name, mine) : null,
            () => local.TryTakeAsync(key, duration, cancellationToken));
    }

    private sealed class Held(RedisLink link, string name, string mine) : IAsyncDisposable
    {
        // Where Redis is gone the lock ends by its time.
        public async ValueTask DisposeAsync() =>
            await link.AskAsync(async redis => (long)await redis.GetDatabase().ScriptEvaluateAsync(GiveBack, [name], [mine]), () => ValueTask.FromResult(0L));
    }
}
