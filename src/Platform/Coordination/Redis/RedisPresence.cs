using System.Text.Json;
using StackExchange.Redis;

namespace Platform.Coordination.Redis;

/// <summary>Who is where, over all copies: a set ordered by the time at which each visit ends, measured by the server's clock.</summary>
internal sealed class RedisPresence(RedisLink link, IPresence local, ISignals signals) : IPresence
{
    private const string Enter = """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
        local new = redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return {new, redis.call('ZRANGE', KEYS[1], 0, 99)}
        """;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Visitor>> EnterAsync(string place, Visitor visitor, CancellationToken cancellationToken = default)
    {
        // Known here as well, so that nobody vanishes from this copy's pages when Redis does.
        var here = await local.EnterAsync(place, visitor, cancellationToken);
        var (isNew, all) = await link.AskAsync(redis => AskAsync(redis, place, visitor), () => ValueTask.FromResult((false, here)));
        if (isNew) { await signals.PublishAsync(Topics.Presence(place), visitor.Visit, cancellationToken); }
        return all;
    }

    /// <inheritdoc />
    public async ValueTask LeaveAsync(string place, Visitor visitor, CancellationToken cancellationToken = default)
    {
        await local.LeaveAsync(place, visitor, cancellationToken);
        await link.AskAsync(redis => redis.GetDatabase().SortedSetRemoveAsync(KeyOf(place), JsonSerializer.Serialize(visitor)), () => ValueTask.FromResult(false));
        await signals.PublishAsync(Topics.Presence(place), visitor.Visit, cancellationToken);
    }

    private static async Task<(bool, IReadOnlyList<Visitor>)> AskAsync(ConnectionMultiplexer redis, string place, Visitor visitor)
    {
        var answer = (RedisResult[])(await redis.GetDatabase().ScriptEvaluateAsync(Enter, [KeyOf(place)], [JsonSerializer.Serialize(visitor), (long)IPresence.Expiry.TotalMilliseconds]))!;
        return ((long)answer[0] == 1, [.. ((string[])answer[1]!).Select(v => JsonSerializer.Deserialize<Visitor>(v)!)]);
    }

    private static RedisKey KeyOf(string place) => $"platform:presence:{place}";
}
