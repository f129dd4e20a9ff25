using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Jobs;

/// <summary>The lists of the dashboard.</summary>
public enum JobList
{
    /// <summary>Ready to run.</summary>
    Ready,

    /// <summary>Their time has not come.</summary>
    Scheduled,

    /// <summary>Running.</summary>
    Processing,

    /// <summary>Failed, and tried again later.</summary>
    Retries,

    /// <summary>All whose last run failed, newest failure first, whatever follows.</summary>
    Failed,

    /// <summary>Out of attempts or unreadable.</summary>
    Dead,

    /// <summary>Done.</summary>
    Succeeded,

    /// <summary>Taken back.</summary>
    Cancelled,
}

/// <summary>How many jobs a queue has in each state.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Concurrency">Its slots in each copy, as this copy is configured.</param>
/// <param name="Counts">By state; finished ones of the last 24 hours.</param>
public sealed record QueueView(string Queue, int Concurrency, IReadOnlyDictionary<JobState, long> Counts);

/// <summary>A job in a list.</summary>
public sealed record JobView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its class's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its queue.</summary>
    public required string Queue { get; init; }

    /// <summary>Its organization; null for the platform's own.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>When it is or was due.</summary>
    public required DateTimeOffset RunAt { get; init; }

    /// <summary>When it was enqueued.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When the last run began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its last run failed.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Runs begun.</summary>
    public required int Attempt { get; init; }

    /// <summary>Runs allowed.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>What it says it is doing.</summary>
    public string? ProgressMessage { get; init; }

    /// <summary>Someone has asked it to stop.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>Why the last run failed; its first line in lists, all of it in the detail.</summary>
    public string? Error { get; init; }

    /// <summary>The server that runs it.</summary>
    public string? Server { get; init; }

    /// <summary>Its payload, as stored; only in the detail.</summary>
    public string? Payload { get; init; }

    /// <summary>Joins it to the request that enqueued it; only in the detail.</summary>
    public string? CorrelationId { get; init; }
}

/// <summary>A recurring job.</summary>
public sealed record RecurringView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its expression.</summary>
    public required string Cron { get; init; }

    /// <summary>The zone it is read in.</summary>
    public required string Zone { get; init; }

    /// <summary>Its next occurrence.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How its last run ended; null where none has.</summary>
    public JobState? LastState { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? LastEndedAt { get; init; }

    /// <summary>How long that took.</summary>
    public double? LastSeconds { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public string? LastError { get; init; }

    /// <summary>The job of the last run.</summary>
    public string? LastJobId { get; init; }
}

/// <summary>A copy of the app that runs jobs.</summary>
public sealed record JobServerView(string Id, string Machine, int ProcessId, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool Lives, bool Draining, int Running, IReadOnlyList<string> Queues);

/// <summary>What to list.</summary>
/// <param name="List">Which list.</param>
/// <param name="Queue">Only this queue.</param>
/// <param name="Cursor">The page before's cursor; a wrong one throws <see cref="Storage.InvalidCursorException"/>.</param>
/// <param name="Limit">1 to 200.</param>
public sealed record JobListRequest(JobList List, string? Queue = null, string? Cursor = null, int Limit = 50);

/// <summary>The staff's view of the queue. Every call demands a caller that may cross organizations; which permission, the actions decide.</summary>
public interface IJobMonitor
{
    /// <summary>All queues with their counts.</summary>
    Task<IReadOnlyList<QueueView>> QueuesAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>A page of a list.</summary>
    Task<Page<JobView>> ListAsync(Caller caller, JobListRequest request, CancellationToken cancellationToken);

    /// <summary>A job with its whole error and payload; null where there is none.</summary>
    Task<JobView?> GetAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <summary>The recurring jobs.</summary>
    Task<IReadOnlyList<RecurringView>> RecurringAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>The servers, those first that live.</summary>
    Task<IReadOnlyList<JobServerView>> ServersAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Puts an ended job back to the front with all its attempts.</summary>
    Task<Result<Done>> RequeueAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <summary>Makes a waiting job ready now.</summary>
    Task<Result<Done>> RunNowAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <summary>Deletes a job that does not run.</summary>
    Task<Result<Done>> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <summary>Runs a recurring job now, besides its clock; returns the job's id.</summary>
    Task<Result<string>> TriggerAsync(Caller caller, string recurring, CancellationToken cancellationToken);
}
