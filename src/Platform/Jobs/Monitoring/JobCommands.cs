using Platform.Jobs.Records;
using Platform.Jobs.Recurring;
using Platform.Primitives;
using Platform.Storage;

namespace Platform.Jobs.Monitoring;

/// <summary>What staff do to jobs; each one atomic change with its condition, so that a race with a worker has one winner.</summary>
public sealed class JobCommands(JobStore store, JobCatalog catalog, JobSignals signals, TimeProvider time)
{
    /// <summary>Puts an ended job back.</summary>
    public async Task<Result<Done>> RequeueAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(id, cancellationToken) is not { } job) { return Problem.NotFound("job"); }
        try
        {
            return await ChangeAsync(id, JobChanges.Ended, JobChanges.Requeue(job, time.GetUtcNow()), "Only a job that has ended can be put back; this one still waits or runs.", cancellationToken);
        }
        catch (DuplicateKeyException) { return Problem.Conflict("duplicate_key", "Another unfinished job with the same key is in the queue already; this one is not needed."); }
    }

    /// <summary>Makes a waiting job ready.</summary>
    public async Task<Result<Done>> RunNowAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(id, cancellationToken) is null) { return Problem.NotFound("job"); }
        var update = new Update<StoredJob>().Set(j => j.State, JobState.Ready).Set(j => j.RunAt, time.GetUtcNow());
        return await ChangeAsync(id, [JobState.Scheduled, JobState.Retrying], update, "Only a scheduled job or one that waits for its next attempt can be run now.", cancellationToken);
    }

    /// <summary>Deletes a job.</summary>
    public async Task<Result<Done>> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(id, cancellationToken) is null) { return Problem.NotFound("job"); }
        if (!await store.DeleteAsync(id, cancellationToken)) { return Problem.Conflict("job_running", "The job is running. Cancel it first, then delete it."); }
        signals.Show(id);
        return Done.Ok;
    }

    /// <summary>Runs a recurring job now.</summary>
    public async Task<Result<string>> TriggerAsync(string name, CancellationToken cancellationToken)
    {
        if (catalog.Find(name) is not { Schedule: not null } definition) { return Problem.NotFound("recurring job"); }
        var now = time.GetUtcNow();
        var job = JobQueue.Make(definition, RecurringClock.NoPayload, now, now, RecurringClock.Key) with { Recurring = name };
        try { await store.InsertAsync(job, cancellationToken); }
        catch (DuplicateKeyException) { return Problem.Conflict("already_running", "A run of this job is waiting or running already."); }
        signals.Changed(job);
        return job.Id;
    }

    private async Task<Result<Done>> ChangeAsync(string id, IReadOnlyCollection<JobState> from, Update<StoredJob> update, string otherwise, CancellationToken cancellationToken)
    {
        if (await store.ChangeAsync(id, from, update, cancellationToken) is not { } changed) { return Problem.Conflict("job_state", otherwise); }
        signals.Changed(changed);
        return Done.Ok;
    }
}
