using Microsoft.Extensions.Options;

namespace Platform.Jobs;

/// <summary>When the records of ended jobs go.</summary>
public sealed class RetentionTimes(IOptions<JobsOptions> options)
{
    /// <summary>For a job that succeeded or was cancelled.</summary>
    public DateTimeOffset FinishedUntil(DateTimeOffset now) => now.AddDays(options.Value.KeepFinishedDays);

    /// <summary>For a dead letter.</summary>
    public DateTimeOffset DeadUntil(DateTimeOffset now) => now.AddDays(options.Value.KeepDeadDays);
}
