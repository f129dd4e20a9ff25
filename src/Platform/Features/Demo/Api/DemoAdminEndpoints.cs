using Platform.Api;
using Platform.Features.Demo.Actions;
using Platform.Tenancy;

namespace Platform.Features.Demo.Api;

/// <summary>The demo for staff.</summary>
internal static class DemoAdminEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var demo = routes.MapStaffApi("/demo", "Admin: demo", Permission.StaffManage);
        demo.MapGet("", ReadAsync).WithSummary("Tell whether the demo is offered, being filled or there");
        demo.MapPost("", FillAsync).WithSummary("Fill the demo of an empty installation; says its password once");
    }

    private static async Task<ApiOk<DemoView>> ReadAsync(ApiCaller caller, OfferDemo action, CancellationToken cancellationToken) => await action.ReadAsync(caller, cancellationToken);

    private static async Task<ApiOk<DemoView>> FillAsync(ApiCaller caller, OfferDemo action, CancellationToken cancellationToken) => await action.RunAsync(caller, cancellationToken);
}
