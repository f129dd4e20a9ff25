using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Records;

/// <summary>The queue's own reads and writes. Every change of a running job carries its epoch, so that a run that lost its lease changes nothing.</summary>
public sealed class JobStore(IDocumentStore store)
{
    /// <summary>The collection. Claims seek in <c>ready</c>; nothing here scans.</summary>
    public static readonly Collection<StoredJob> Collection = new Collection<StoredJob>("jobs")
        .Index("ready", Sort<StoredJob>.By(j => j.Queue).ThenBy(j => j.State).ThenBy(j => j.Lane).ThenBy(j => j.RunAt))
        .Index("due", Sort<StoredJob>.By(j => j.State).ThenBy(j => j.RunAt))
        .Index("leases", Sort<StoredJob>.By(j => j.State).ThenBy(j => j.LeaseUntil))
        .Index("ended", Sort<StoredJob>.By(j => j.State).ThenBy(j => j.EndedAt))
        .Index("failed", Sort<StoredJob>.By(j => j.FailedAt))
        .Index("by_server", Sort<StoredJob>.By(j => j.Server))
        .Unique("unique_key", Sort<StoredJob>.By(j => j.UniqueKey))
        .Unique("occurrence", Sort<StoredJob>.By(j => j.Occurrence))
        .Expire("expire", j => j.ExpiresAt, TimeSpan.Zero);

    private readonly IDocuments<StoredJob> _jobs = store.ForPlatform<StoredJob>(Caller.Platform);

    /// <summary>Adds a job; <see cref="DuplicateKeyException"/> where its key or occurrence is there.</summary>
    public Task InsertAsync(StoredJob job, CancellationToken cancellationToken) => _jobs.InsertAsync(job, cancellationToken);

    /// <summary>A job, or null.</summary>
    public Task<StoredJob?> GetAsync(string id, CancellationToken cancellationToken) => _jobs.GetAsync(id, cancellationToken);

    /// <summary>The unfinished job with a key.</summary>
    public Task<StoredJob?> ByUniqueKeyAsync(string uniqueKey, CancellationToken cancellationToken) =>
        _jobs.FirstAsync(j => j.UniqueKey == uniqueKey, cancellationToken: cancellationToken);

    /// <summary>
    /// Claims the oldest ready job of the next lane after <paramref name="lane"/>, round the circle. Two index seeks at most, whatever waits:
    /// an organization with 10,000 jobs gets one slot, then every other organization gets one.
    /// </summary>
    public async Task<StoredJob?> ClaimAsync(string queue, int lane, string server, DateTimeOffset now, TimeSpan lease)
    {
        var update = new Update<StoredJob>().Set(j => j.State, JobState.Running).Set(j => j.Server, server).Set(j => j.LeaseUntil, now + lease)
            .Set(j => j.StartedAt, now).Set(j => j.CancelRequested, false).Set(j => j.Progress, 0).Set(j => j.ProgressMessage, null)
            .Increment(j => j.Attempt).Increment(j => j.Epoch);
        var order = Sort<StoredJob>.By(j => j.Lane).ThenBy(j => j.RunAt);
        // No cancellation: a claim that was written must be known to us.
        return await _jobs.UpdateOneAsync(j => j.Queue == queue && j.State == JobState.Ready && j.Lane > lane, update, order)
            ?? await _jobs.UpdateOneAsync(j => j.Queue == queue && j.State == JobState.Ready && j.Lane <= lane, update, order);
    }

    /// <summary>Makes jobs ready whose time has come; returns how many (at most <paramref name="limit"/> of each kind).</summary>
    public async Task<int> PromoteAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var ready = new Update<StoredJob>().Set(j => j.State, JobState.Ready);
        var order = Sort<StoredJob>.By(j => j.RunAt);
        var scheduled = await _jobs.ClaimAsync(j => j.State == JobState.Scheduled && j.RunAt <= now, order, limit, ready, cancellationToken);
        var retrying = await _jobs.ClaimAsync(j => j.State == JobState.Retrying && j.RunAt <= now, order, limit, ready, cancellationToken);
        return scheduled.Count + retrying.Count;
    }

    /// <summary>The next moment at which a job comes due or a lease ends.</summary>
    public async Task<DateTimeOffset?> NextMomentAsync(CancellationToken cancellationToken)
    {
        var order = Sort<StoredJob>.By(j => j.RunAt);
        var scheduled = await _jobs.FirstAsync(j => j.State == JobState.Scheduled, order, cancellationToken);
        var retrying = await _jobs.FirstAsync(j => j.State == JobState.Retrying, order, cancellationToken);
        var running = await _jobs.FirstAsync(j => j.State == JobState.Running, Sort<StoredJob>.By(j => j.LeaseUntil), cancellationToken);
        return new[] { scheduled?.RunAt, retrying?.RunAt, running?.LeaseUntil }.Min();
    }

    /// <summary>Running jobs whose lease has ended.</summary>
    public async Task<IReadOnlyList<StoredJob>> OrphansAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await _jobs.FindAsync(new Query<StoredJob> { Filter = j => j.State == JobState.Running && j.LeaseUntil <= now, Sort = Sort<StoredJob>.By(j => j.LeaseUntil), Limit = 200 }, cancellationToken)).Items;

    /// <summary>Jobs that a server holds.</summary>
    public async Task<IReadOnlyList<StoredJob>> HeldByAsync(string server, CancellationToken cancellationToken) =>
        (await _jobs.FindAsync(new Query<StoredJob> { Filter = j => j.Server == server && j.State == JobState.Running, Limit = 1_000 }, cancellationToken)).Items;

    /// <summary>Renews the leases of the jobs that a server really runs.</summary>
    public Task<long> RenewAsync(string server, IReadOnlyCollection<string> ids, DateTimeOffset until, CancellationToken cancellationToken) =>
        _jobs.UpdateManyAsync(j => ids.Contains(j.Id) && j.Server == server && j.State == JobState.Running, new Update<StoredJob>().Set(j => j.LeaseUntil, until), cancellationToken);

    /// <summary>Stores progress; false where the run lost its lease.</summary>
    public async Task<bool> ReportAsync(StoredJob job, double progress, string message, CancellationToken cancellationToken) =>
        await _jobs.UpdateOneAsync(j => j.Id == job.Id && j.Epoch == job.Epoch && j.State == JobState.Running,
            new Update<StoredJob>().Set(j => j.Progress, progress).Set(j => j.ProgressMessage, message), cancellationToken: cancellationToken) is not null;

    /// <summary>Ends or hands back a run; null where the run lost its lease.</summary>
    public Task<StoredJob?> LeaveAsync(StoredJob job, Update<StoredJob> update) =>
        _jobs.UpdateOneAsync(j => j.Id == job.Id && j.Epoch == job.Epoch && j.State == JobState.Running, update);

    /// <summary>Changes a job that is in one of the states; null where it is not.</summary>
    public Task<StoredJob?> ChangeAsync(string id, IReadOnlyCollection<JobState> states, Update<StoredJob> update, CancellationToken cancellationToken) =>
        _jobs.UpdateOneAsync(j => j.Id == id && states.Contains(j.State), update, cancellationToken: cancellationToken);

    /// <summary>Deletes a job that does not run; true where it did.</summary>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        await _jobs.DeleteManyAsync(j => j.Id == id && j.State != JobState.Running, cancellationToken) == 1;
}
