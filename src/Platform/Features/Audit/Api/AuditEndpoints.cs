using Platform.Api;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Api;

/// <summary>The audit log over HTTP.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapApi("/audit-logs", "Audit", Permission.AuditRead).MapGet("", ListOwn).WithSummary("Lists what was done in your organization, newest first");
        routes.MapStaffApi("/audit-logs", "Staff: audit", Permission.StaffAuditRead).MapGet("", ListAll).WithSummary("Lists what was done on the platform, newest first");
    }

    private static async Task<ApiOk<Page<AuditView>>> ListOwn(ApiCaller caller, [AsParameters] PageQuery page, ListAuditRecords list, string? actorId, string? action, CancellationToken token) =>
        await list.RunAsync(caller, new ListAuditRecordsRequest(null, actorId, action, page.Size, page.Cursor), token);

    private static async Task<ApiOk<Page<AuditView>>> ListAll(
        ApiCaller caller, [AsParameters] PageQuery page, ListAuditRecords list, string? organizationId, string? actorId, string? action, CancellationToken token) =>
        await list.RunAsync(caller, new ListAuditRecordsRequest(organizationId, actorId, action, page.Size, page.Cursor), token);
}
