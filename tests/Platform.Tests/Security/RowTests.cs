using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Platform.Tests.Security;

/// <summary>A new route has its rows in the families, or the build fails.</summary>
[Collection(SecurityCollection.Name)]
public sealed class RowTests(SecurityWorld world)
{
    [Fact]
    public void Every_route_has_its_rows() => Missing(world.Routes).ShouldBeEmpty();

    [Fact]
    public void Every_route_of_the_api_is_in_the_description() =>
        world.Routes.Where(r => r.IsApi && r.Operation is null).Select(r => r.Key).ShouldBeEmpty("the families read parameters and bodies from OpenAPI: what is not there is not attacked");

    [Fact]
    public void Rule_bites()
    {
        var endpoint = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/new/{id}"), 0, new(new HttpMethodMetadata(["POST"])), null);
        var route = ApiRoute.Of(endpoint, []).Single();
        route.Policies.ShouldBe(["(none)"]);
        route.Operation.ShouldBeNull();
        Families.CrossTenant([route]).ShouldBe([route]);
    }

    private static List<string> Missing(IReadOnlyList<ApiRoute> routes)
    {
        var crossTenant = Families.CrossTenant(routes).Select(r => r.Key).ToHashSet();
        var roles = Families.Roles(routes).Select(r => r.Key).ToHashSet();
        var writes = Families.Writes(routes).Select(r => r.Key).ToHashSet();
        var headers = Families.Headers(routes).Select(r => r.Key).ToHashSet();
        return [.. routes.SelectMany(r => Rows(r).Where(row => !row.Present).Select(row => $"{r.Key}: no row in {row.Family}"))];

        IEnumerable<(string Family, bool Present)> Rows(ApiRoute route) =>
        [
            ("S1", crossTenant.Contains(route.Key) || Families.WithoutCrossTenantRow(route) is not null),
            ("S2", roles.Contains(route.Key)),
            ("S10", writes.Contains(route.Key) || !route.IsApi || !route.Writes),
            ("S14", headers.Contains(route.Key)),
        ];
    }
}
