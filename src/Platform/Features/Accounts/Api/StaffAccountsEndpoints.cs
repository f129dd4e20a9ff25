using System.ComponentModel;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Another role.</summary>
public sealed record StaffRoleRequest(StaffRole Role);

/// <summary>Why a colleague is suspended.</summary>
public sealed record SuspendStaffRequest([property: Description("Why, in a sentence; it is kept in the audit log.")] string Reason);

/// <summary>A staff role and what it may do.</summary>
public sealed record StaffRoleResponse(StaffRole Role, IReadOnlyList<Permission> Permissions);

/// <summary>A member's role and what it may do.</summary>
public sealed record MemberRoleResponse(Role Role, IReadOnlyList<Permission> Permissions);

/// <summary>The permission table.</summary>
public sealed record RolesResponse(IReadOnlyList<StaffRoleResponse> Staff, IReadOnlyList<MemberRoleResponse> Members);

/// <summary>Staff accounts and the permission table, over HTTP.</summary>
public static class StaffAccountsEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapStaffAccounts(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapStaffApi("/staff", "Staff: accounts", Permission.StaffManage);
        staff.MapGet("", List).WithSummary("Lists the staff accounts");
        staff.MapPost("", Invite).Answers(409).WithSummary("Makes a staff account and mails its owner the link to set a password");
        staff.MapGet("/{id}", Get).Answers(404).WithSummary("Shows a staff account");
        staff.MapPost("/{id}/invitation", InviteAgain).Answers(404, 409).WithSummary("Mails another link to somebody who has not set a password yet");
        staff.MapPut("/{id}/role", SetRole).Answers(404, 409).WithSummary("Gives a staff account another role");
        staff.MapPost("/{id}/suspend", Suspend).Answers(404, 409).WithSummary("Suspends a staff account: signed out everywhere, cannot sign in");
        staff.MapPost("/{id}/activate", Activate).Answers(404, 409).WithSummary("Ends a staff account's suspension");
        staff.MapPost("/{id}/reset-two-factor", ResetTwoFactor).Answers(404, 409).WithSummary("Takes the second factors off a staff account");
        staff.MapPost("/{id}/sign-out", SignOut).Answers(404, 409).WithSummary("Ends all sessions of a staff account");
        routes.MapAnyStaffApi("/roles", "Staff: accounts").MapGet("", ListRoles).WithSummary("Shows which role may do what");
    }

    private static async Task<ApiOk<Page<StaffView>>> List(ApiCaller caller, [AsParameters] PageQuery page, StaffAccounts staff, CancellationToken token) => await staff.ListAsync(caller, page.Size, page.Cursor, token);

    private static async Task<ApiCreated<StaffView>> Invite(ApiCaller caller, InviteStaffRequest body, StaffAccounts staff, CancellationToken token) =>
        (await staff.InviteAsync(caller, body, token)).ToCreated(made => $"{ApiPaths.StaffRoot}/staff/{made.Id}");

    private static async Task<ApiOk<StaffView>> Get(ApiCaller caller, string id, StaffAccounts staff, CancellationToken token) => await staff.GetAsync(caller, id, token);

    private static async Task<ApiNoContent> InviteAgain(ApiCaller caller, string id, StaffAccounts staff, CancellationToken token) => (await staff.InviteAgainAsync(caller, id, token)).ToNoContent();

    private static async Task<ApiNoContent> SetRole(ApiCaller caller, string id, StaffRoleRequest body, ChangeStaff change, CancellationToken token) => (await change.SetRoleAsync(caller, id, body.Role, token)).ToNoContent();

    private static async Task<ApiNoContent> Suspend(ApiCaller caller, string id, SuspendStaffRequest body, ChangeStaff change, CancellationToken token) => (await change.SuspendAsync(caller, id, body.Reason, token)).ToNoContent();

    private static async Task<ApiNoContent> Activate(ApiCaller caller, string id, ChangeStaff change, CancellationToken token) => (await change.ActivateAsync(caller, id, token)).ToNoContent();

    private static async Task<ApiNoContent> ResetTwoFactor(ApiCaller caller, string id, ChangeStaff change, CancellationToken token) => (await change.ResetTwoFactorAsync(caller, id, token)).ToNoContent();

    private static async Task<ApiNoContent> SignOut(ApiCaller caller, string id, ChangeStaff change, CancellationToken token) => (await change.SignOutAsync(caller, id, token)).ToNoContent();

    private static ApiOk<RolesResponse> ListRoles()
    {
        Result<RolesResponse> table = new RolesResponse(
            [.. Enum.GetValues<StaffRole>().Select(r => new StaffRoleResponse(r, [.. Roles.Of(r).Order()]))],
            [.. Enum.GetValues<Role>().Select(r => new MemberRoleResponse(r, [.. Roles.Of(r).Order()]))]);
        return table;
    }
}
