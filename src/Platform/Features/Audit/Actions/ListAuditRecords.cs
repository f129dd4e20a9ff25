using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>What to list.</summary>
/// <param name="OrganizationId">Only of this organization; a customer sees their own whatever is said.</param>
/// <param name="ActorId">Only of this actor.</param>
/// <param name="Action">Only this verb.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">Of the page before.</param>
public sealed record ListAuditRecordsRequest(string? OrganizationId, string? ActorId, string? Action, int Limit = 25, string? Cursor = null);

/// <summary>Lists audit records: everything for staff who may read them, their own organization's for its owners and admins.</summary>
public sealed class ListAuditRecords(AuditStore store)
{
    /// <summary>One page, newest first.</summary>
    public async Task<Result<Page<AuditView>>> RunAsync(Caller caller, ListAuditRecordsRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffAuditRead) && !caller.May(Permission.AuditRead)) { return Problem.Forbidden(); }
        var organization = caller.IsPlatform ? request.OrganizationId : caller.OrganizationId;
        return await store.ListAsync(organization, request.ActorId, request.Action, Math.Clamp(request.Limit, 1, 100), request.Cursor, cancellationToken);
    }
}
