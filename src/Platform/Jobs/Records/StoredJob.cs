using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Records;

/// <summary>One job. The platform's own record: workers serve all organizations, and a job carries the one it works for.</summary>
public sealed record StoredJob : Document, IPlatformOwned
{
    /// <summary>The job class's stored name.</summary>
    public required string Name { get; init; }

    /// <summary>Its queue.</summary>
    public required string Queue { get; init; }

    /// <summary>For which organization; null: for the platform.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>A number made of the organization. Slots go round the lanes, so that one with 10,000 jobs delays no other.</summary>
    public int Lane { get; init; }

    /// <summary>What it needs to know, as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>Joins it to the request that enqueued it.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset RunAt { get; init; }

    /// <summary>When it was enqueued.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>How many runs were begun.</summary>
    public int Attempt { get; init; }

    /// <summary>How many there may be.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>The caller's key, kept for history and for requeueing.</summary>
    public string? Key { get; init; }

    /// <summary>Class and key while the job is unfinished; a unique index holds it.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>The recurring job that it is a run of.</summary>
    public string? Recurring { get; init; }

    /// <summary>Which occurrence; a unique index holds it for good, so that no occurrence runs twice over all copies.</summary>
    public string? Occurrence { get; init; }

    /// <summary>Who runs it.</summary>
    public string? Server { get; init; }

    /// <summary>Grows with every claim; the results of older runs are refused by it.</summary>
    public long Epoch { get; init; }

    /// <summary>Until when it belongs to <see cref="Server"/>.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Someone wants the running job to stop.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>A line to show.</summary>
    public string? ProgressMessage { get; init; }

    /// <summary>Why the last run failed.</summary>
    public string? Error { get; init; }

    /// <summary>When the last run failed; null once it succeeded.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>When the last run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the record goes.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
