using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs;

/// <summary>How one job is enqueued.</summary>
public sealed record JobOptions
{
    /// <summary>Not before; at once where null.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>At most one unfinished job of the class has a key; enqueueing it again returns the one that is there.</summary>
    public string? UniqueKey { get; init; }
}

/// <summary>Puts work into the durable queue.</summary>
public interface IJobQueue
{
    /// <summary>Stores a job and wakes the workers. Returns its id. Bound to the caller's organization, if there is one.</summary>
    Task<string> EnqueueAsync<TJob, TPayload>(Caller caller, TPayload payload, JobOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TPayload> where TPayload : notnull;

    /// <summary>Adds a job to a batch, so that it exists exactly when the batch's other writes do. Call <see cref="Wake"/> after the commit. Unique keys make the whole commit throw <see cref="DuplicateKeyException"/>.</summary>
    string Enqueue<TJob, TPayload>(WriteBatch batch, Caller caller, TPayload payload, JobOptions? options = null)
        where TJob : class, IJob<TPayload> where TPayload : notnull;

    /// <summary>Tells the workers that there may be work.</summary>
    void Wake();

    /// <summary>Cancels a job: one that waits never runs, one that runs gets its token cancelled. False where it had ended.</summary>
    Task<bool> CancelAsync(Caller caller, string jobId, CancellationToken cancellationToken = default);
}
