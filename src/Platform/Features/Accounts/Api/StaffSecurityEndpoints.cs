using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Where staff may come from, over HTTP.</summary>
public static class StaffSecurityEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapStaffSecurity(this IEndpointRouteBuilder routes)
    {
        var networks = routes.MapStaffApi("/security/networks", "Staff: security", Permission.StaffManage);
        networks.MapGet("", Get).WithSummary("Shows the networks that staff may come from");
        networks.MapPut("", Set).Answers(412).WithSummary("Replaces the list of networks that staff may come from").WithDescription("Your own address must lie in one of them. An empty list lifts the limit, unless the settings hold one.");
    }

    private static async Task<ApiOk<StaffNetworksView>> Get(ApiCaller caller, EditStaffNetworks edit, CancellationToken token) => await edit.GetAsync(caller, token);

    private static async Task<ApiOk<StaffNetworksView>> Set(ApiCaller caller, SetStaffNetworksRequest body, EditStaffNetworks edit, CancellationToken token) => await edit.SetAsync(caller, body, token);
}
