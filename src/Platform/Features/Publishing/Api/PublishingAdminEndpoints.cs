using Platform.Api;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Api;

/// <summary>How publishing stands, for staff.</summary>
public static class PublishingAdminEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapStaffApi("/publishing", "Publishing", Permission.StaffOverview).MapGet("", GetAsync).WithSummary("Counts publications by state and tells what is overdue.");

    private static async Task<PublishingHealthView> GetAsync(IPublishingHealth health, CancellationToken cancellationToken) => await health.GetAsync(cancellationToken);
}
