using System.Collections.Concurrent;
using Platform.Coordination;

namespace Platform.Features.Agents.Actions;

/// <summary>The runs at work in this copy of the app, so that they can be stopped from any copy. The stored state is the truth; this only makes it quick.</summary>
public sealed class RunningRuns : IDisposable
{
    private const string Topic = "agent-cancel";
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new();
    private readonly ISignals _signals;
    private readonly IDisposable _subscription;

    /// <summary>Hears cancellations from all copies.</summary>
    public RunningRuns(ISignals signals)
    {
        _signals = signals;
        _subscription = signals.Subscribe(Topic, StopAsync);
    }

    /// <summary>A token that ends with <paramref name="cancellationToken"/> or when the run is cancelled. Dispose it when the run has ended.</summary>
    public Running Begin(string runId, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[runId] = stop;
        return new(this, runId, stop);
    }

    /// <summary>Stops the run wherever it is at work.</summary>
    public ValueTask CancelAsync(string runId, CancellationToken cancellationToken) => _signals.PublishAsync(Topic, runId, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    private async Task StopAsync(string runId)
    {
        if (!_running.TryGetValue(runId, out var stop)) { return; }
        try { await stop.CancelAsync(); }
        catch (ObjectDisposedException) { /* it ended at the same moment */ }
    }

    /// <summary>A run at work.</summary>
    public sealed class Running(RunningRuns all, string runId, CancellationTokenSource stop) : IDisposable
    {
        /// <summary>Ends when the run is to stop.</summary>
        public CancellationToken Token => stop.Token;

        /// <inheritdoc />
        public void Dispose()
        {
            all._running.TryRemove(runId, out _);
            stop.Dispose();
        }
    }
}
