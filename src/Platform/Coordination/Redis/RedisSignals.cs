using StackExchange.Redis;

namespace Platform.Coordination.Redis;

/// <summary>Signals across copies: this copy's subscribers hear at once, as without Redis; the others through one channel that every copy listens to.</summary>
internal sealed class RedisSignals : ISignals
{
    private const string Channel = "platform:signals";
    private readonly string _me = Primitives.Ids.New();
    private readonly RedisLink _link;
    private readonly ISignals _local;

    public RedisSignals(RedisLink link, ISignals local)
    {
        (_link, _local) = (link, local);
        Listening = link.HearAsync(Channel, Hear);
    }

    /// <summary>Ends when Redis has confirmed the subscription.</summary>
    public Task Listening { get; }

    /// <inheritdoc />
    public async ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default)
    {
        await _local.PublishAsync(topic, message, cancellationToken);
        // Not waited for: a send must not stand still because Redis does. The client keeps the order, the link notes a failure.
        _ = _link.AskAsync(redis => redis.GetSubscriber().PublishAsync(Channel, $"{_me}\n{topic}\n{message}"), () => ValueTask.FromResult(0L)).AsTask();
    }

    /// <inheritdoc />
    public IDisposable Subscribe(string topic, Func<string, Task> handler) => _local.Subscribe(topic, handler);

    private void Hear(string text)
    {
        // The local engine only puts it into its subscribers' queues: it ends at once.
        if (text.Split('\n', 3) is [var from, var topic, var message] && from != _me) { _ = _local.PublishAsync(topic, message).AsTask(); }
    }
}

/// <summary>The cache of each copy, whose removals all copies hear. Entries are not copied over: keep immutable records in it, and times short.</summary>
internal sealed class RedisCache : ICache
{
    private const string Topic = "cache-removed";
    private readonly ICache _local;
    private readonly ISignals _signals;

    public RedisCache(ICache local, ISignals signals)
    {
        (_local, _signals) = (local, signals);
        signals.Subscribe(Topic, async key => await local.RemoveAsync(key));
    }

    /// <inheritdoc />
    public ValueTask<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default) where T : class => _local.GetAsync<T>(key, cancellationToken);

    /// <inheritdoc />
    public ValueTask SetAsync<T>(string key, T value, TimeSpan duration, CancellationToken cancellationToken = default) where T : class => _local.SetAsync(key, value, duration, cancellationToken);

    /// <inheritdoc />
    public async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        await _local.RemoveAsync(key, cancellationToken);
        await _signals.PublishAsync(Topic, key, cancellationToken);
    }
}
