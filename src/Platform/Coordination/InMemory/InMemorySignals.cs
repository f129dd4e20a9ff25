using System.Collections.Immutable;
using System.Threading.Channels;

namespace Platform.Coordination.InMemory;

/// <summary>
/// Signals inside one process. Each subscription has its own small queue and its own loop, so a slow or failing handler
/// hurts nobody else; where it falls more than <see cref="Capacity"/> behind, its oldest signals are dropped (they are hints).
/// </summary>
public sealed class InMemorySignals(ILogger<InMemorySignals> log) : ISignals
{
    /// <summary>How far a subscriber may fall behind.</summary>
    public const int Capacity = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ImmutableArray<Subscription>> _topics = [];

    /// <inheritdoc />
    public ValueTask PublishAsync(string topic, string message, CancellationToken cancellationToken = default)
    {
        ImmutableArray<Subscription> subscriptions;
        lock (_lock)
        {
            if (!_topics.TryGetValue(topic, out subscriptions)) { return ValueTask.CompletedTask; }
        }
        foreach (var subscription in subscriptions) { subscription.Offer(message); }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public IDisposable Subscribe(string topic, Func<string, Task> handler)
    {
        var subscription = new Subscription(this, topic, handler);
        lock (_lock) { _topics[topic] = _topics.GetValueOrDefault(topic, []).Add(subscription); }
        return subscription;
    }

    /// <summary>How many topics have a subscriber.</summary>
    internal int TopicCount { get { lock (_lock) { return _topics.Count; } } }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            var left = _topics.GetValueOrDefault(subscription.Topic, []).Remove(subscription);
            if (left.IsEmpty) { _topics.Remove(subscription.Topic); } else { _topics[subscription.Topic] = left; }
        }
    }

    private sealed class Subscription : IDisposable
    {
        private readonly InMemorySignals _owner;
        private readonly Func<string, Task> _handler;
        private readonly Channel<string> _queue = Channel.CreateBounded<string>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, AllowSynchronousContinuations = false });
        private volatile bool _disposed;

        public Subscription(InMemorySignals owner, string topic, Func<string, Task> handler)
        {
            (_owner, Topic, _handler) = (owner, topic, handler);
            _ = Task.Run(RunAsync);
        }

        public string Topic { get; }

        public void Offer(string message) => _queue.Writer.TryWrite(message);

        public void Dispose()
        {
            if (_disposed) { return; }
            _disposed = true;
            _owner.Remove(this);
            _queue.Writer.TryComplete();
        }

        private async Task RunAsync()
        {
            await foreach (var message in _queue.Reader.ReadAllAsync())
            {
                if (_disposed) { return; }
                await _owner.HandleAsync(Topic, message, _handler);
            }
        }
    }

#pragma warning disable CA1031 // whatever a handler throws is its own; the loop must go on for the next signal
    private async Task HandleAsync(string topic, string message, Func<string, Task> handler)
    {
        try { await handler(message); }
        catch (Exception e) { log.LogError(e, "A subscriber of {Topic} failed; it hears the next signal all the same", topic); }
    }
#pragma warning restore CA1031
}
