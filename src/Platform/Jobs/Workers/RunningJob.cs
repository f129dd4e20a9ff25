using Platform.Jobs.Records;

namespace Platform.Jobs.Workers;

/// <summary>Why a run is being cancelled.</summary>
internal enum StopReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>A person took the job back.</summary>
    Cancelled,

    /// <summary>Another server has it: nothing of this run counts any more.</summary>
    LeaseLost,

    /// <summary>The server stops.</summary>
    ServerStops,
}

/// <summary>A job that this server runs.</summary>
internal sealed class RunningJob(StoredJob job) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _reason;

    /// <summary>The job as claimed.</summary>
    public StoredJob Job { get; } = job;

    /// <summary>Why it is being cancelled; the first reason stays.</summary>
    public StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>Cancelled when the run is to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The run, once it is started.</summary>
    public Task Run { get; set; } = Task.CompletedTask;

    /// <summary>Asks the run to stop.</summary>
    public void Stop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) != (int)StopReason.None) { return; }
        try { _stop.Cancel(); }
        catch (ObjectDisposedException) { /* it ended this moment */ }
        catch (AggregateException) { /* a callback of the job's own code failed; the run reports itself */ }
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();
}
