using Platform.Features.Audit.Contracts;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Actions;

/// <summary>The job that a recurring job was begun as.</summary>
/// <param name="JobId">Its id.</param>
public sealed record TriggeredJob(string JobId);

/// <summary>Runs a recurring job now, besides its clock.</summary>
public sealed class TriggerRecurringJob(IJobMonitor monitor, IAudit audit)
{
    /// <summary>Needs <see cref="Permission.StaffJobsManage"/>.</summary>
    public async Task<Result<TriggeredJob>> RunAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffJobsManage)) { return Problem.Forbidden("Your staff role does not change jobs. Ask a super admin."); }
        var begun = await monitor.TriggerAsync(caller, name, cancellationToken);
        if (!begun.Ok) { return begun.Problem; }
        await audit.RecordAsync(caller, new AuditEntry("job.triggered", "recurring_job", name), cancellationToken);
        return new TriggeredJob(begun.Value);
    }
}
