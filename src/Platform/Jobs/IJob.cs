using Platform.Tenancy;

namespace Platform.Jobs;

/// <summary>Work that survives restarts. Runs at least once; must be safe to run twice. One instance a run, from the container.</summary>
/// <typeparam name="TPayload">What it needs to know, small: ids, not records. Stored as JSON.</typeparam>
public interface IJob<in TPayload> where TPayload : notnull
{
    /// <summary>Does the work. An exception means retry with backoff; after the last attempt the job is dead-lettered and shown to staff.</summary>
    Task RunAsync(TPayload payload, JobContext context, CancellationToken cancellationToken);
}

/// <summary>The payload of a job that needs none.</summary>
public sealed record Nothing;

/// <summary>How jobs of a class run; on the class, so that it is read where the work is.</summary>
/// <param name="name">Stable stored name, kebab-case, such as <c>send-mail</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>The stored name.</summary>
    public string Name { get; } = name;

    /// <summary>Which queue; each has its own concurrency.</summary>
    public string Queue { get; init; } = "default";

    /// <summary>Attempts before the dead letter, 1 to 25.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Seconds a run may take before it is cancelled and counts as failed.</summary>
    public int TimeoutSeconds { get; init; } = 300;
}

/// <summary>Runs the job by the clock, once per occurrence over all copies.</summary>
/// <param name="cron">Five fields: minute hour day-of-month month day-of-week.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RecurringAttribute(string cron) : Attribute
{
    /// <summary>The expression.</summary>
    public string Cron { get; } = cron;

    /// <summary>The IANA zone in which it is read.</summary>
    public string Zone { get; init; } = "Etc/UTC";
}

/// <summary>What a running job knows of itself.</summary>
public abstract class JobContext
{
    /// <summary>The job's id.</summary>
    public abstract string JobId { get; }

    /// <summary>1 for the first run.</summary>
    public abstract int Attempt { get; }

    /// <summary>Whether a failure now is the last.</summary>
    public abstract bool IsLastAttempt { get; }

    /// <summary>On whose behalf: bound to the organization the job was enqueued for, or <see cref="Caller.Platform"/>.</summary>
    public abstract Caller Caller { get; }

    /// <summary>Stores progress (0 to 1) and a line to show; announced live.</summary>
    public abstract Task ReportAsync(double progress, string message, CancellationToken cancellationToken);
}
