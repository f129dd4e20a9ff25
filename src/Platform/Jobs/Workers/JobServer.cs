using Platform.Coordination;
using Platform.Jobs.Recurring;
using Platform.Storage;

namespace Platform.Jobs.Workers;

/// <summary>
/// This copy's workers: a pump per queue, the clock and the heartbeat. On stop: no new claims, running jobs may finish for
/// <see cref="JobsOptions.DrainSeconds"/>, then they are cancelled and handed back, so that another copy or the next start takes over at once.
/// </summary>
public sealed class JobServer(WorkerContext context, JobCatalog catalog, JobClock clock, RecurringClock recurring, Heartbeat heartbeat, ISignals signals) : IHostedService, IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private int _disposed;
    private readonly CancellationTokenSource _stopClaiming = new();
    private readonly CancellationTokenSource _stopBeating = new();
    private readonly WakeEvent _wakeClock = new();
    private readonly List<QueuePump> _pumps = [];
    private readonly List<Task> _claimers = [];
    private IDisposable? _subscription;
    private Task _beating = Task.CompletedTask;

    internal string Id => context.ServerId;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!context.Options.Enabled || catalog.All.Count == 0) { return; }
        await recurring.EnsureAsync(cancellationToken);
        await clock.RecoverAsync(await heartbeat.OrphansHereAsync(cancellationToken));
        await heartbeat.BeatAsync(draining: false, cancellationToken);
        _pumps.AddRange(catalog.Queues.Select(queue => new QueuePump(context, queue, JobQueue.LaneOf(context.ServerId))));
        _subscription = signals.Subscribe(Topics.JobsWake, HearAsync);
        _claimers.AddRange(_pumps.Select(pump => Task.Run(() => pump.RunAsync(_stopClaiming.Token), CancellationToken.None)));
        _claimers.Add(Task.Run(RunClockAsync, CancellationToken.None));
        _beating = Task.Run(BeatAsync, CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_claimers.Count == 0) { return; }
        await _stopClaiming.CancelAsync();
        await Task.WhenAll(_claimers);
        if (!await context.Running.DrainAsync(TimeSpan.FromSeconds(context.Options.DrainSeconds), context.Time, cancellationToken)) { await HandBackAsync(); }
        _subscription?.Dispose();
        await _stopBeating.CancelAsync();
        await _beating;
        try { await heartbeat.LeaveAsync(); }
        catch (StorageUnavailableException e) { context.Log.LogWarning(e, "This server could not sign off, because the storage is away; its leases end by themselves"); }
    }

    /// <summary>Ends everything at once, as a kill would: leases stay, nothing is handed back. For tests.</summary>
    internal async Task CrashAsync()
    {
        _subscription?.Dispose();
        await _stopClaiming.CancelAsync();
        await _stopBeating.CancelAsync();
        await Task.WhenAll([.. _claimers, _beating]);
        foreach (var run in context.Running.All) { run.Stop(StopReason.LeaseLost); }
        _claimers.Clear();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // A host that is torn down in a hurry may ask once more to stop; there is nothing left then.
        _claimers.Clear();
        _subscription?.Dispose();
        if (Interlocked.Exchange(ref _disposed, 1) == 1) { return; }
        // A start that is broken off disposes what was never stopped: its loops must end here, not run on without their token.
        _stopClaiming.Cancel();
        _stopBeating.Cancel();
        _pumps.ForEach(pump => pump.Dispose());
        _stopClaiming.Dispose();
        _stopBeating.Dispose();
    }

    private async Task HandBackAsync()
    {
        context.Log.LogWarning("{Count} jobs still ran after {Seconds} s; they are cancelled and handed back", context.Running.Count, context.Options.DrainSeconds);
        foreach (var run in context.Running.All) { run.Stop(StopReason.ServerStops); }
        if (!await context.Running.DrainAsync(LastWords, TimeProvider.System, CancellationToken.None)) { context.Log.LogError("{Count} jobs ignored their cancellation; their leases end by themselves", context.Running.Count); }
    }

    private Task HearAsync(string message)
    {
        if (message.StartsWith(JobSignals.CancelPrefix, StringComparison.Ordinal)) { context.Running.Stop(message[JobSignals.CancelPrefix.Length..], StopReason.Cancelled); }
        else if (message.StartsWith(JobSignals.QueuePrefix, StringComparison.Ordinal)) { _pumps.Find(p => p.Queue == message[JobSignals.QueuePrefix.Length..])?.Wake(); }
        else
        {
            _wakeClock.Set();
            _pumps.ForEach(pump => pump.Wake());
        }
        return Task.CompletedTask;
    }

#pragma warning disable CA1031 // the store may be away for a while; these loops must live on
    private async Task RunClockAsync()
    {
        while (!_stopClaiming.IsCancellationRequested)
        {
            var sleep = context.LongestSleep;
            try
            {
                var next = await clock.TickAsync(_stopClaiming.Token) - context.Time.GetUtcNow();
                if (next < sleep) { sleep = next.Value; }
            }
            catch (OperationCanceledException) when (_stopClaiming.IsCancellationRequested) { return; }
            catch (Exception e) { context.Log.LogError(e, "The jobs clock failed; trying again in {Seconds} s", sleep.TotalSeconds); }
            await _wakeClock.SleepAsync(sleep, context.Time, _stopClaiming.Token);
        }
    }

    private async Task BeatAsync()
    {
        var between = TimeSpan.FromSeconds(context.Options.HeartbeatSeconds);
        while (true)
        {
            await Task.Delay(between, context.Time, _stopBeating.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopBeating.IsCancellationRequested) { return; }
            try { await heartbeat.BeatAsync(_stopClaiming.IsCancellationRequested, _stopBeating.Token); }
            catch (OperationCanceledException) when (_stopBeating.IsCancellationRequested) { return; }
            catch (Exception e) { context.Log.LogError(e, "A heartbeat failed; the next is in {Seconds} s", between.TotalSeconds); }
        }
    }
#pragma warning restore CA1031
}
