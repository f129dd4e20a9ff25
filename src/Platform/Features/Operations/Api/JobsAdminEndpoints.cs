using System.ComponentModel;
using Platform.Api;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Api;

/// <summary>The jobs dashboard for staff.</summary>
internal static class JobsAdminEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapStaffApi("/jobs", "Admin: jobs", Permission.StaffJobsRead);
        jobs.MapGet("", ListAsync).WithSummary("List jobs of one kind: ready, scheduled, processing, retries, failed, dead, succeeded or cancelled");
        jobs.MapGet("/queues", QueuesAsync).WithSummary("Count jobs by queue and state");
        jobs.MapGet("/recurring", RecurringAsync).WithSummary("List recurring jobs with their next and last run");
        jobs.MapGet("/servers", ServersAsync).WithSummary("List the copies of the app that run jobs");
        jobs.MapGet("/{id}", GetAsync).WithSummary("Get a job with its error and payload");
        jobs.MapPost("/{id}/requeue", RequeueAsync).Require(Permission.StaffJobsManage).WithSummary("Put an ended job back to the front, with all its attempts");
        jobs.MapPost("/{id}/run", RunAsync).Require(Permission.StaffJobsManage).WithSummary("Run a waiting job now");
        jobs.MapPost("/{id}/cancel", CancelAsync).Require(Permission.StaffJobsManage).WithSummary("Cancel a waiting job, or stop a running one");
        jobs.MapDelete("/{id}", DeleteAsync).Require(Permission.StaffJobsManage).WithSummary("Delete a job that does not run");
        jobs.MapPost("/recurring/{name}/run", TriggerAsync).Require(Permission.StaffJobsManage).WithSummary("Run a recurring job now, besides its clock");
    }

    private static async Task<ApiOk<Page<JobView>>> ListAsync(
        ApiCaller caller, ReadJobs action, [AsParameters] PageQuery page, [Description("Which list: ready (if not given), scheduled, processing, retries, failed, dead, succeeded or cancelled.")] string? list,
        [Description("Only this queue.")] string? queue, CancellationToken cancellationToken) =>
        ListOf(list) is { } known
            ? await action.ListAsync(caller, new JobListRequest(known, queue, page.Cursor, page.Size), cancellationToken)
            : (Result<Page<JobView>>)Problem.InvalidField("list", "unknown_list", "There is no such list. Take ready, scheduled, processing, retries, failed, dead, succeeded or cancelled.");

    private static JobList? ListOf(string? name) =>
        name is null ? JobList.Ready : Enum.TryParse<JobList>(name, ignoreCase: true, out var list) && Enum.IsDefined(list) ? list : null;

    private static async Task<ApiOk<IReadOnlyList<QueueView>>> QueuesAsync(ApiCaller caller, ReadJobs action, CancellationToken cancellationToken) =>
        await action.QueuesAsync(caller, cancellationToken);

    private static async Task<ApiOk<IReadOnlyList<RecurringView>>> RecurringAsync(ApiCaller caller, ReadJobs action, CancellationToken cancellationToken) =>
        await action.RecurringAsync(caller, cancellationToken);

    private static async Task<ApiOk<IReadOnlyList<JobServerView>>> ServersAsync(ApiCaller caller, ReadJobs action, CancellationToken cancellationToken) =>
        await action.ServersAsync(caller, cancellationToken);

    private static async Task<ApiOk<JobView>> GetAsync(ApiCaller caller, ReadJobs action, string id, CancellationToken cancellationToken) =>
        await action.GetAsync(caller, id, cancellationToken);

    private static async Task<ApiNoContent> RequeueAsync(ApiCaller caller, ChangeJob action, string id, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, JobChange.Requeue, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> RunAsync(ApiCaller caller, ChangeJob action, string id, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, JobChange.Run, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> CancelAsync(ApiCaller caller, ChangeJob action, string id, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, JobChange.Cancel, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> DeleteAsync(ApiCaller caller, ChangeJob action, string id, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, JobChange.Delete, cancellationToken)).ToNoContent();

    private static async Task<ApiAccepted<TriggeredJob>> TriggerAsync(ApiCaller caller, TriggerRecurringJob action, string name, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, name, cancellationToken)).ToAccepted(t => $"{ApiPaths.StaffRoot}/jobs/{t.JobId}");
}
