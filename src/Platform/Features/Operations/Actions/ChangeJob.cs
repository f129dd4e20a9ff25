using Platform.Features.Audit.Contracts;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Actions;

/// <summary>What staff can do to a job.</summary>
public enum JobChange
{
    /// <summary>An ended job goes back to the front with all its attempts.</summary>
    Requeue,

    /// <summary>A waiting job runs now.</summary>
    Run,

    /// <summary>A waiting job never runs; a running one is stopped.</summary>
    Cancel,

    /// <summary>A job that does not run is deleted.</summary>
    Delete,
}

/// <summary>Changes one job and records who did.</summary>
public sealed class ChangeJob(IJobMonitor monitor, IJobQueue queue, IAudit audit)
{
    /// <summary>Needs <see cref="Permission.StaffJobsManage"/>.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, JobChange change, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffJobsManage)) { return Problem.Forbidden("Your staff role does not change jobs. Ask a super admin."); }
        if (!Ids.IsValid(id) || await monitor.GetAsync(caller, id, cancellationToken) is not { } job) { return Problem.NotFound("job"); }
        var result = change switch
        {
            JobChange.Requeue => await monitor.RequeueAsync(caller, id, cancellationToken),
            JobChange.Run => await monitor.RunNowAsync(caller, id, cancellationToken),
            JobChange.Delete => await monitor.DeleteAsync(caller, id, cancellationToken),
            _ => await queue.CancelAsync(caller, id, cancellationToken) ? Done.Ok : Problem.Conflict("job_ended", "The job has ended already; there is nothing to cancel."),
        };
        if (result.Ok) { await audit.RecordAsync(caller, new AuditEntry(NameOf(change), "job", id, $"{job.Name}, was {job.State}", job.OrganizationId), cancellationToken); }
        return result;
    }

    private static string NameOf(JobChange change) => change switch
    {
        JobChange.Requeue => "job.requeued",
        JobChange.Run => "job.run_now",
        JobChange.Delete => "job.deleted",
        _ => "job.cancelled",
    };
}
