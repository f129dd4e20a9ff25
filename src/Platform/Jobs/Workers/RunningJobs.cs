using System.Collections.Concurrent;
using Platform.Jobs.Records;

namespace Platform.Jobs.Workers;

/// <summary>What this server runs at the moment.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<string, RunningJob> _running = new();

    public int Count => _running.Count;

    public IReadOnlyCollection<RunningJob> All => [.. _running.Values];

    /// <summary>Whether a job runs here.</summary>
    public bool Has(string jobId) => _running.ContainsKey(jobId);

    /// <summary>Starts a run off the caller's path.</summary>
    public void Start(StoredJob job, Func<RunningJob, Task> run)
    {
        var running = new RunningJob(job);
        _running[job.Id] = running;
        running.Run = Task.Run(() => RunAsync(running, run));
    }

    /// <summary>Asks a run to stop, if it is here.</summary>
    public void Stop(string jobId, StopReason reason)
    {
        if (_running.TryGetValue(jobId, out var running)) { running.Stop(reason); }
    }

    /// <summary>Waits for all runs, or for so long, or until cancelled; true where all have ended.</summary>
    public async Task<bool> DrainAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = Task.WhenAll(All.Select(r => r.Run));
        await Task.WhenAny(all, Task.Delay(longest, time, end.Token));
        await end.CancelAsync();
        return _running.IsEmpty;
    }

    private async Task RunAsync(RunningJob running, Func<RunningJob, Task> run)
    {
        try { await run(running); }
        finally
        {
            _running.TryRemove(new KeyValuePair<string, RunningJob>(running.Job.Id, running));
            running.Dispose();
        }
    }
}
