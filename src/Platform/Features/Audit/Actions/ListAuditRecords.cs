using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>What to list.</summary>
/// <param name="Filter">Which; a customer sees their own organization's whatever is said.</param>
/// <param name="Limit">1 to 100.</param>
/// <param name="Cursor">Of the page before.</param>
public sealed record ListAuditRecordsRequest(AuditFilter Filter, int Limit = 25, string? Cursor = null);

/// <summary>Reads audit records: everything for staff who may read them, their own organization's for its owners and admins.</summary>
public sealed class ListAuditRecords(AuditStore store)
{
    private const int LongestText = 200;

    /// <summary>One page, newest first.</summary>
    public async Task<Result<Page<AuditView>>> RunAsync(Caller caller, ListAuditRecordsRequest request, CancellationToken cancellationToken)
    {
        if (For(caller, request.Filter) is not { Ok: true } filter) { return For(caller, request.Filter).Problem!; }
        return await store.ListAsync(filter.Value, Math.Clamp(request.Limit, 1, 100), request.Cursor, cancellationToken);
    }

    /// <summary>One record.</summary>
    public async Task<Result<AuditView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!MayRead(caller)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id)) { return Problem.NotFound("audit record"); }
        return await store.GetAsync(id, caller.IsPlatform ? null : caller.OrganizationId, cancellationToken) is { } record ? record : Problem.NotFound("audit record");
    }

    /// <summary>The filter as this caller may use it.</summary>
    internal static Result<AuditFilter> For(Caller caller, AuditFilter filter)
    {
        if (!MayRead(caller)) { return Problem.Forbidden(); }
        string?[] texts = [filter.ActorId, filter.Action, filter.TargetKind, filter.TargetId, filter.Search];
        if (texts.Any(t => t?.Length > LongestText)) { return Problem.Invalid("filter_too_long", $"A filter has at most {LongestText} characters."); }
        if (filter.From is { } from && filter.To is { } to && from >= to) { return Problem.InvalidField("to", "invalid_range", "The end must lie after the beginning."); }
        return caller.IsPlatform ? filter : filter with { OrganizationId = caller.OrganizationId };
    }

    private static bool MayRead(Caller caller) => caller.May(Permission.StaffAuditRead) || caller.May(Permission.AuditRead);
}
