using Platform.Features.Audit.Contracts;
using Platform.Features.Demo.Jobs;
using Platform.Features.Demo.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Demo.Actions;

/// <summary>How the demo stands.</summary>
public enum DemoState
{
    /// <summary>There are customers: no demo is offered.</summary>
    NotOffered,

    /// <summary>The installation is empty.</summary>
    Offered,

    /// <summary>It is being made.</summary>
    Filling,

    /// <summary>It is there.</summary>
    Made,
}

/// <summary>How the demo stands.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Email">Who signs in to it; null where it was not begun.</param>
/// <param name="Password">With what; only in the answer to who began it, once.</param>
/// <param name="JobId">The job that fills it, in that answer.</param>
public sealed record DemoView(DemoState State, string? Email = null, string? Password = null, string? JobId = null);

/// <summary>The demo for staff of an empty installation: the same as <c>--demo</c>, by a button.</summary>
public sealed class OfferDemo(DemoStore store, DemoPeople people, IOrganizations organizations, IJobQueue jobs, IAudit audit)
{
    /// <summary>How it stands.</summary>
    public async Task<Result<DemoView>> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden("Only a super admin fills the demo."); }
        if (await store.GetAsync(cancellationToken) is { } record) { return new DemoView(FillDemo.IsComplete(record) ? DemoState.Made : DemoState.Filling, record.OwnerEmail); }
        var count = await organizations.CountAsync(caller, cancellationToken);
        return count.Ok ? new DemoView(count.Value.All == 0 ? DemoState.Offered : DemoState.NotOffered) : count.Problem;
    }

    /// <summary>
    /// Makes the demo's people now, says their password this once, and fills the rest in a job. Only where no organization is: customers' data and the demo
    /// never share an installation by this way. Begun already, it is completed where it was cut off.
    /// </summary>
    public async Task<Result<DemoView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(caller, cancellationToken);
        if (!now.Ok || now.Value.State == DemoState.Made) { return now; }
        if (now.Value.State == DemoState.NotOffered) { return Problem.Conflict("demo_not_offered", "There are organizations already. The demo is only for an empty installation."); }
        string? password = null;
        if (now.Value.State == DemoState.Offered)
        {
            try { (_, password) = await people.RunAsync(cancellationToken); }
            catch (DuplicateKeyException) { /* another pressed the button in the same moment and has seen the password */ }
            if (password is not null) { await audit.RecordAsync(caller, new("demo.filled", "demo", DemoRecord.TheId), cancellationToken); }
        }
        var job = await jobs.EnqueueAsync<FillDemoJob, Nothing>(Caller.Platform, new(), new() { UniqueKey = "demo" }, cancellationToken);
        return new DemoView(DemoState.Filling, DemoPeople.OwnerEmail, password, job);
    }
}
