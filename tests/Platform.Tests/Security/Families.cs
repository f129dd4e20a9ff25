using Platform.Tenancy;

namespace Platform.Tests.Security;

/// <summary>
/// Which rows a route has in which family. The families iterate over these; a route that is in none of a family's rows must be named here, with the reason.
/// </summary>
public static class Families
{
    /// <summary>Routes that customers' identities may reach: their data could leak.</summary>
    public static bool IsTenants(ApiRoute route) => !route.IsOpen && !route.IsStaff;

    /// <summary>S1, S3, S16: every customers' route.</summary>
    public static IEnumerable<ApiRoute> CrossTenant(IEnumerable<ApiRoute> routes) => routes.Where(IsTenants);

    /// <summary>S2: every route.</summary>
    public static IEnumerable<ApiRoute> Roles(IEnumerable<ApiRoute> routes) => routes;

    /// <summary>S10: every route of the API that writes, whether it takes JSON or not.</summary>
    public static IEnumerable<ApiRoute> Writes(IEnumerable<ApiRoute> routes) => routes.Where(r => r.IsApi && r.Writes);

    /// <summary>S14: every route.</summary>
    public static IEnumerable<ApiRoute> Headers(IEnumerable<ApiRoute> routes) => routes;

    /// <summary>Why a route is in no row of S1; null where it should be in one.</summary>
    public static string? WithoutCrossTenantRow(ApiRoute route) => route switch
    {
        { IsStaff: true } => "staff cross organizations by their office; S2 holds who may",
        { IsOpen: true } => "strangers may; it knows no organization, or a key that nobody can guess stands in its path (S9)",
        _ => null,
    };

    /// <summary>The callers of the role matrix.</summary>
    public static IReadOnlyList<string> Callers { get; } = ["anonymous", .. SecurityWorld.HouseRoles.Select(r => r.ToString()), "key", "stranger", .. Enum.GetNames<StaffRole>().Select(r => $"staff:{r}")];
}
