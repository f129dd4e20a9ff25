using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Actions;

/// <summary>Everything the jobs dashboard shows; each read needs <see cref="Permission.StaffJobsRead"/>.</summary>
public sealed class ReadJobs(IJobMonitor monitor)
{
    /// <summary>The queues with their counts.</summary>
    public Task<Result<IReadOnlyList<QueueView>>> QueuesAsync(Caller caller, CancellationToken cancellationToken) =>
        MayAsync(caller, () => monitor.QueuesAsync(caller, cancellationToken));

    /// <summary>A page of a list.</summary>
    public Task<Result<Page<JobView>>> ListAsync(Caller caller, JobListRequest request, CancellationToken cancellationToken) =>
        MayAsync(caller, () => monitor.ListAsync(caller, request, cancellationToken));

    /// <summary>One job with its whole error and payload.</summary>
    public async Task<Result<JobView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await MayAsync(caller, () => monitor.GetAsync(caller, id, cancellationToken));
        return !found.Ok ? found.Problem : found.Value is { } job ? job : Problem.NotFound("job");
    }

    /// <summary>The recurring jobs.</summary>
    public Task<Result<IReadOnlyList<RecurringView>>> RecurringAsync(Caller caller, CancellationToken cancellationToken) =>
        MayAsync(caller, () => monitor.RecurringAsync(caller, cancellationToken));

    /// <summary>The servers.</summary>
    public Task<Result<IReadOnlyList<JobServerView>>> ServersAsync(Caller caller, CancellationToken cancellationToken) =>
        MayAsync(caller, () => monitor.ServersAsync(caller, cancellationToken));

    private static async Task<Result<T>> MayAsync<T>(Caller caller, Func<Task<T>> read)
    {
        if (!caller.May(Permission.StaffJobsRead)) { return Problem.Forbidden("Your staff role does not see jobs. Ask a super admin."); }
        return await read();
    }
}
