using System.ComponentModel;
using Platform.Api;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Operations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Operations.Api;

/// <summary>Why something is done to a tenant or a person; kept in the audit log.</summary>
/// <param name="Reason">A sentence.</param>
public sealed record ReasonBody([property: Description("Why, in a sentence; it is kept in the audit log.")] string Reason);

/// <summary>Users, organizations and the overview for staff.</summary>
internal static class TenantsAdminEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var overview = routes.MapStaffApi("/overview", "Admin: overview", Permission.StaffOverview);
        overview.MapGet("", OverviewAsync).WithSummary("Counts of people, organizations, publications and jobs");

        var users = routes.MapStaffApi("/users", "Admin: users", Permission.StaffTenantsRead);
        users.MapGet("", UsersAsync).WithSummary("List people, newest first");
        users.MapGet("/stats", UserStatsAsync).WithSummary("Count people");
        users.MapGet("/{id}", UserAsync).WithSummary("Get a person");
        users.MapPost("/{id}/suspend", SuspendUserAsync).Require(Permission.StaffTenantsManage).WithSummary("Suspend a person: signed out everywhere, cannot sign in");
        users.MapPost("/{id}/activate", ActivateUserAsync).Require(Permission.StaffTenantsManage).WithSummary("End a person's suspension");
        users.MapPost("/{id}/sign-out", SignOutUserAsync).Require(Permission.StaffTenantsManage).WithSummary("End all sessions of a person");

        var tenants = routes.MapStaffApi("/organizations", "Admin: organizations", Permission.StaffTenantsRead);
        tenants.MapGet("", TenantsAsync).WithSummary("List organizations, newest first");
        tenants.MapGet("/stats", TenantStatsAsync).WithSummary("Count organizations");
        tenants.MapGet("/{id}", TenantAsync).WithSummary("Get an organization with its plan, members and channels");
        tenants.MapPost("/{id}/suspend", SuspendTenantAsync).Require(Permission.StaffTenantsManage).WithSummary("Suspend an organization: nobody acts in it, nothing of it is published");
        tenants.MapPost("/{id}/activate", ActivateTenantAsync).Require(Permission.StaffTenantsManage).WithSummary("End an organization's suspension");
    }

    private static async Task<ApiOk<Overview>> OverviewAsync(ApiCaller caller, GetOverview action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, cancellationToken);

    private static async Task<ApiOk<Page<PersonDetail>>> UsersAsync(
        ApiCaller caller, IAccounts accounts, [AsParameters] PageQuery page, [Description("The start of an address or a part of a name.")] string? search, CancellationToken cancellationToken) =>
        await accounts.ListAsync(caller, search, page.Size, page.Cursor, cancellationToken);

    private static async Task<ApiOk<PeopleCounts>> UserStatsAsync(ApiCaller caller, IAccounts accounts, CancellationToken cancellationToken) =>
        await accounts.CountAsync(caller, cancellationToken);

    private static async Task<ApiOk<PersonDetail>> UserAsync(ApiCaller caller, IAccounts accounts, string id, CancellationToken cancellationToken) =>
        await accounts.GetAsync(caller, id, cancellationToken);

    private static async Task<ApiNoContent> SuspendUserAsync(ApiCaller caller, IAccounts accounts, string id, ReasonBody body, CancellationToken cancellationToken) =>
        (await accounts.SuspendAsync(caller, id, body.Reason, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> ActivateUserAsync(ApiCaller caller, IAccounts accounts, string id, CancellationToken cancellationToken) =>
        (await accounts.ActivateAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> SignOutUserAsync(ApiCaller caller, IAccounts accounts, string id, CancellationToken cancellationToken) =>
        (await accounts.SignOutAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<ApiOk<Page<OrganizationView>>> TenantsAsync(
        ApiCaller caller, IOrganizations organizations, [AsParameters] PageQuery page, [Description("A part of the name.")] string? search,
        [Description("Only suspended ones (true) or active ones (false).")] bool? suspended, CancellationToken cancellationToken) =>
        await organizations.ListAsync(caller, search, suspended, page.Size, page.Cursor, cancellationToken);

    private static async Task<ApiOk<OrganizationCounts>> TenantStatsAsync(ApiCaller caller, IOrganizations organizations, CancellationToken cancellationToken) =>
        await organizations.CountAsync(caller, cancellationToken);

    private static async Task<ApiOk<Tenant>> TenantAsync(ApiCaller caller, GetTenant action, string id, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, id, cancellationToken);

    private static async Task<ApiNoContent> SuspendTenantAsync(ApiCaller caller, IOrganizations organizations, string id, ReasonBody body, CancellationToken cancellationToken) =>
        (await organizations.SuspendAsync(caller, id, body.Reason, cancellationToken)).ToNoContent();

    private static async Task<ApiNoContent> ActivateTenantAsync(ApiCaller caller, IOrganizations organizations, string id, CancellationToken cancellationToken) =>
        (await organizations.ActivateAsync(caller, id, cancellationToken)).ToNoContent();
}
