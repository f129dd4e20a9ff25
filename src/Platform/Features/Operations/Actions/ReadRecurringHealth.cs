using Platform.Jobs;
using Platform.Tenancy;

namespace Platform.Features.Operations.Actions;

/// <summary>What is wrong with a recurring job.</summary>
/// <param name="Name">The job.</param>
/// <param name="Overdue">True: its time has come and nothing has begun it. False: its last run failed.</param>
/// <param name="Since">When it was due, or when it failed.</param>
/// <param name="Error">The first line of why, where it failed.</param>
public sealed record RecurringTrouble(string Name, bool Overdue, DateTimeOffset? Since, string? Error);

/// <summary>Tells which recurring jobs do not do their work: the last run failed, or none began when its time came.</summary>
public sealed class ReadRecurringHealth(IJobMonitor monitor, TimeProvider clock)
{
    /// <summary>How long after its time a run may begin before it counts as overdue.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>What is wrong; empty where nothing is. For <c>/health/ready</c> too, so it asks for no permission: callers that show it to people do.</summary>
    public async Task<IReadOnlyList<RecurringTrouble>> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return [.. (await monitor.RecurringAsync(Caller.Platform, cancellationToken)).Select(job => TroubleOf(job, now)).OfType<RecurringTrouble>()];
    }

    private static RecurringTrouble? TroubleOf(RecurringView job, DateTimeOffset now)
    {
        if (job.NextAt is { } due && due + Patience < now) { return new(job.Name, true, due, null); }
        return job.LastState is JobState.Dead or JobState.Retrying ? new(job.Name, false, job.LastEndedAt, job.LastError?.Split('\n')[0].Trim()) : null;
    }
}
