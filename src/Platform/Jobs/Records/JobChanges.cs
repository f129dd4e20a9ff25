using Platform.Storage;

namespace Platform.Jobs.Records;

/// <summary>The ways in which a job leaves a state, as atomic updates.</summary>
internal static class JobChanges
{
    public static readonly IReadOnlyCollection<JobState> Waiting = [JobState.Scheduled, JobState.Ready, JobState.Retrying];

    public static readonly IReadOnlyCollection<JobState> Ended = [JobState.Succeeded, JobState.Dead, JobState.Cancelled];

    public static Update<StoredJob> Succeed(DateTimeOffset now, DateTimeOffset goesAt) =>
        End(JobState.Succeeded, now, goesAt).Set(j => j.Progress, 1).Set(j => j.Error, null).Set(j => j.FailedAt, null);

    public static Update<StoredJob> Cancel(DateTimeOffset now, DateTimeOffset goesAt) => End(JobState.Cancelled, now, goesAt);

    public static Update<StoredJob> Die(string error, DateTimeOffset now, DateTimeOffset goesAt) =>
        End(JobState.Dead, now, goesAt).Set(j => j.Error, error).Set(j => j.FailedAt, now);

    public static Update<StoredJob> Retry(string error, DateTimeOffset now, DateTimeOffset runAt) =>
        Release(runAt > now ? JobState.Retrying : JobState.Ready).Set(j => j.RunAt, runAt).Set(j => j.Error, error).Set(j => j.FailedAt, now);

    /// <summary>Back to the queue as if this run had not begun: the server stops, which is not the job's fault.</summary>
    public static Update<StoredJob> HandBack() => Release(JobState.Ready).Increment(j => j.Attempt, -1);

    /// <summary>To the front: at once, with all attempts before it.</summary>
    public static Update<StoredJob> Requeue(StoredJob job, DateTimeOffset now) =>
        Release(JobState.Ready).Set(j => j.RunAt, now).Set(j => j.Attempt, 0).Set(j => j.EndedAt, null).Set(j => j.ExpiresAt, null)
            .Set(j => j.CancelRequested, false).Set(j => j.UniqueKey, job.Key is null ? null : JobQueue.UniqueKeyOf(job.Name, job.Key));

    private static Update<StoredJob> Release(JobState to) =>
        new Update<StoredJob>().Set(j => j.State, to).Set(j => j.Server, null).Set(j => j.LeaseUntil, null);

    private static Update<StoredJob> End(JobState state, DateTimeOffset now, DateTimeOffset goesAt) =>
        Release(state).Set(j => j.EndedAt, now).Set(j => j.ExpiresAt, goesAt).Set(j => j.UniqueKey, null);
}
