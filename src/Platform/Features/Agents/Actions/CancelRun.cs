using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>Stops a run that waits or is at work. What it used until then is counted; what it made is not suggested.</summary>
public sealed class CancelRun(RunStore runs, RunningRuns running, IJobQueue jobs, LiveRuns live, TimeProvider time)
{
    /// <summary>Conflict <c>run_ended</c> where it has ended.</summary>
    public async Task<Result<RunView>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AgentsUse)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id) || await runs.GetAsync(caller, id, cancellationToken) is not { } run) { return Problem.NotFound("run"); }
        if (await runs.CancelAsync(caller, id, time.GetUtcNow(), cancellationToken) is not { } cancelled) { return Problem.Conflict("run_ended", "The run has ended already; there is nothing to cancel."); }
        await running.CancelAsync(id, cancellationToken);
        if (run.JobId is { } job) { await jobs.CancelAsync(caller, job, cancellationToken); }
        await live.ChangedAsync(caller, id);
        return cancelled.ToView();
    }
}
