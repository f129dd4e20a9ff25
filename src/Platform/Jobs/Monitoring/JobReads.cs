using System.Linq.Expressions;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Monitoring;

/// <summary>The dashboard's reads; each on an index, finished jobs counted for one day only.</summary>
public sealed class JobReads(IDocumentStore store, JobCatalog catalog)
{
    private static readonly IReadOnlyCollection<JobState> Unfinished = [JobState.Scheduled, JobState.Ready, JobState.Running, JobState.Retrying, JobState.Dead];

    private readonly IDocuments<StoredJob> _jobs = store.ForPlatform<StoredJob>(Caller.Platform);

    /// <summary>Counts by queue and state; queues without a job are there too.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<JobState, long>>> CountsAsync(DateTimeOffset finishedSince, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, Dictionary<JobState, long>>(StringComparer.Ordinal);
        foreach (var queue in catalog.Queues) { counts[queue] = []; }
        Expression<Func<StoredJob, bool>>[] parts =
        [
            j => Unfinished.Contains(j.State),
            j => j.State == JobState.Succeeded && j.EndedAt >= finishedSince,
            j => j.State == JobState.Cancelled && j.EndedAt >= finishedSince,
        ];
        foreach (var part in parts)
        {
            foreach (var group in await _jobs.GroupAsync(new GroupQuery<StoredJob> { Filter = part }.By(j => j.Queue).By(j => j.State), cancellationToken))
            {
                if (!counts.TryGetValue(group.Keys[0]!, out var states)) { counts[group.Keys[0]!] = states = []; }
                states[Enum.Parse<JobState>(group.Keys[1]!, ignoreCase: true)] = group.Count;
            }
        }
        return counts.ToDictionary(c => c.Key, c => (IReadOnlyDictionary<JobState, long>)c.Value);
    }

    /// <summary>A page of a list.</summary>
    public async Task<Page<JobView>> ListAsync(JobListRequest request, CancellationToken cancellationToken)
    {
        var (filter, sort) = ListOf(request.List, request.Queue);
        var query = new Query<StoredJob> { Filter = filter, Sort = sort, Limit = Math.Clamp(request.Limit, 1, 200), Cursor = request.Cursor };
        return (await _jobs.FindAsync(query, cancellationToken)).Map(job => ViewOf(job) with { Error = FirstLine(job.Error) });
    }

    /// <summary>A job with all there is to know.</summary>
    public async Task<JobView?> GetAsync(string id, CancellationToken cancellationToken) =>
        await _jobs.GetAsync(id, cancellationToken) is { } job ? ViewOf(job) with { Payload = job.Payload, CorrelationId = job.CorrelationId } : null;

    private static (Expression<Func<StoredJob, bool>> Filter, Sort<StoredJob> Sort) ListOf(JobList list, string? queue)
    {
        if (list is JobList.Failed)
        {
            var newest = Sort<StoredJob>.ByDescending(j => j.FailedAt);
            return queue is null ? (j => j.FailedAt != null, newest) : (j => j.FailedAt != null && j.Queue == queue, newest);
        }
        var state = StateOf(list);
        var sort = list is JobList.Dead or JobList.Succeeded or JobList.Cancelled ? Sort<StoredJob>.ByDescending(j => j.EndedAt) : Sort<StoredJob>.By(j => j.RunAt);
        return queue is null ? (j => j.State == state, sort) : (j => j.State == state && j.Queue == queue, sort);
    }

    private static JobState StateOf(JobList list) => list switch
    {
        JobList.Ready => JobState.Ready,
        JobList.Scheduled => JobState.Scheduled,
        JobList.Processing => JobState.Running,
        JobList.Retries => JobState.Retrying,
        JobList.Dead => JobState.Dead,
        JobList.Succeeded => JobState.Succeeded,
        _ => JobState.Cancelled,
    };

    private static string? FirstLine(string? error) => error?.Split('\n', 2)[0].Trim() is { } line ? line.Length <= 300 ? line : line[..300] + " …" : null;

    private static JobView ViewOf(StoredJob job) => new()
    {
        Id = job.Id,
        Name = job.Name,
        Queue = job.Queue,
        OrganizationId = job.OrganizationId,
        State = job.State,
        RunAt = job.RunAt,
        EnqueuedAt = job.EnqueuedAt,
        StartedAt = job.StartedAt,
        EndedAt = job.EndedAt,
        FailedAt = job.FailedAt,
        Attempt = job.Attempt,
        MaxAttempts = job.MaxAttempts,
        Progress = job.Progress,
        ProgressMessage = job.ProgressMessage,
        CancelRequested = job.CancelRequested,
        Error = job.Error,
        Server = job.Server,
    };
}
