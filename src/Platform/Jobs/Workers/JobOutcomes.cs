using Platform.Jobs.Records;
using Platform.Storage;

namespace Platform.Jobs.Workers;

/// <summary>How a run ended.</summary>
/// <param name="Name">succeeded, failed, poison, cancelled, leaseLost, serverStops.</param>
/// <param name="Error">Why, where it failed.</param>
internal sealed record RunOutcome(string Name, string? Error = null)
{
    public static readonly RunOutcome Succeeded = new("succeeded");

    public static RunOutcome Failed(string error) => new("failed", error);

    public static RunOutcome Poison(string error) => new("poison", error);

    public static RunOutcome Stopped(StopReason reason) => new(reason switch
    {
        StopReason.Cancelled => "cancelled",
        StopReason.LeaseLost => "leaseLost",
        _ => "serverStops",
    });
}

/// <summary>Stores how runs ended: retry, dead letter, done; and the last run of a recurring job.</summary>
public sealed class JobOutcomes(JobStore store, RecurringStore recurring, JobSignals signals, RetryDelay delay, RetentionTimes retention, TimeProvider time)
{
    private const int LongestError = 4_000;

    internal async Task StoreAsync(StoredJob job, RunOutcome outcome, TimeSpan took)
    {
        if (outcome.Name == "leaseLost") { return; }
        var after = await store.LeaveAsync(job, ChangeFor(job, outcome));
        if (after is null) { return; } // another server has it by now, and its run is the one that counts
        signals.Changed(after);
        if (after.Recurring is { } name && outcome.Name != "serverStops") { await recurring.EndedAsync(name, after, took, time.GetUtcNow()); }
    }

    /// <summary>Brings back a job whose server is gone: to the queue, or to the dead letters where that was the last attempt.</summary>
    internal async Task RecoverAsync(StoredJob job)
    {
        var error = $"The server that ran attempt {job.Attempt} went away without a word (crash or kill).";
        if (await store.LeaveAsync(job, ChangeFor(job, RunOutcome.Failed(error), TimeSpan.Zero)) is { } after) { signals.Changed(after); }
    }

    private Update<StoredJob> ChangeFor(StoredJob job, RunOutcome outcome, TimeSpan? wait = null)
    {
        var now = time.GetUtcNow();
        return outcome.Name switch
        {
            "succeeded" => JobChanges.Succeed(now, retention.FinishedUntil(now)),
            "cancelled" => JobChanges.Cancel(now, retention.FinishedUntil(now)),
            "serverStops" => JobChanges.HandBack(),
            "failed" when job.Attempt < job.MaxAttempts => JobChanges.Retry(Shorten(outcome.Error), now, now + (wait ?? delay.After(job.Attempt))),
            _ => JobChanges.Die(Shorten(outcome.Error), now, retention.DeadUntil(now)),
        };
    }

    private static string Shorten(string? error) => error is null ? "" : error.Length <= LongestError ? error : error[..LongestError] + " …";
}
