using Platform.Jobs.Records;

namespace Platform.Jobs.Workers;

/// <summary>Fills the slots of one queue: one free slot, one claim, and the turn goes to the next organization.</summary>
internal sealed class QueuePump : IDisposable
{
    private readonly WorkerContext _context;
    private readonly SemaphoreSlim _slots;
    private readonly WakeEvent _wake = new();
    private int _lane;

    public QueuePump(WorkerContext context, string queue, int firstLane)
    {
        (_context, Queue, _lane) = (context, queue, firstLane);
        Concurrency = context.Options.ConcurrencyOf(queue);
        _slots = new SemaphoreSlim(Concurrency, Concurrency);
    }

    public string Queue { get; }

    public int Concurrency { get; }

    public void Wake() => _wake.Set();

    /// <summary>Claims and starts jobs until cancelled; what runs then runs on.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await _slots.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested) { return; }
            if (await TryClaimAsync() is { } job)
            {
                _lane = job.Lane;
                _context.Running.Start(job, running => RunOneAsync(running));
                continue;
            }
            _slots.Release();
            await _wake.SleepAsync(_context.LongestSleep, _context.Time, stopping);
        }
    }

    public void Dispose() => _slots.Dispose();

#pragma warning disable CA1031 // the store may be away for a while; the pump tries again by its own clock and by the next signal
    private async Task<StoredJob?> TryClaimAsync()
    {
        try { return await _context.Store.ClaimAsync(Queue, _lane, _context.ServerId, _context.Time.GetUtcNow(), _context.Lease); }
        catch (Exception e)
        {
            _context.Log.LogError(e, "Could not claim from queue {Queue}; trying again", Queue);
            return null;
        }
    }

    private async Task RunOneAsync(RunningJob running)
    {
        try { await _context.Runner.RunAsync(running, _context.Time); }
        catch (Exception e) { _context.Log.LogError(e, "How job {JobId} ended could not be stored; it comes back when its lease ends", running.Job.Id); }
        finally { _slots.Release(); }
    }
#pragma warning restore CA1031
}
