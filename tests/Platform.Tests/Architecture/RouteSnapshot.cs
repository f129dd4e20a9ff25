using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.TestKit;

namespace Platform.Tests.Architecture;

/// <summary>Every route, its method and who may use it, as a committed list: a change of rights shows up as a diff.</summary>
public sealed class RouteSnapshot(RouteSnapshot.Fixture fixture) : IClassFixture<RouteSnapshot.Fixture>
{
    private const string Update = "UPDATE_SNAPSHOTS=1 dotnet test tests/Platform.Tests --filter FullyQualifiedName~RouteSnapshot";
    private static readonly string File = Path.Combine(PlatformApp.RepositoryRoot(), "tests", "Platform.Tests", "Architecture", "routes.txt");

    [Fact]
    public void Routes_and_their_policies_are_the_committed_ones()
    {
        var lines = Lines(fixture.Endpoints);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") { System.IO.File.WriteAllLines(File, lines); return; }
        Assert.SkipUnless(System.IO.File.Exists(File), $"routes.txt is not committed yet: {Update}");
        var committed = System.IO.File.ReadAllLines(File);
        string.Join('\n', lines.Except(committed).Select(l => $"+ {l}").Concat(committed.Except(lines).Select(l => $"- {l}"))).ShouldBeEmpty($"If this change of routes is meant, run: {Update}");
    }

    [Fact]
    public void Every_route_has_a_policy_or_says_that_anyone_may()
    {
        Unguarded(fixture.Endpoints).ShouldBeEmpty();
    }

    [Fact]
    public void Staff_routes_have_staff_policies()
    {
        fixture.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.TrimStart('/') is { } path && (path.StartsWith("admin", StringComparison.Ordinal) || path.StartsWith("api/v1/admin", StringComparison.Ordinal)))
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && !e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is { } policy && Platform.Api.Policies.IsStaff(policy)))
            .Select(e => e.RoutePattern.RawText).ShouldBeEmpty();
    }

    [Fact]
    public void Guard_rule_bites() => Unguarded([new RouteEndpoint(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/open"), 0, EndpointMetadataCollection.Empty, null)]).ShouldBe(["/open"]);

    private static List<string> Unguarded(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.OfType<RouteEndpoint>().Where(e => !IsMachinery(e) && PolicyOf(e) is null).Select(e => e.RoutePattern.RawText ?? "")];

    private static List<string> Lines(IEnumerable<Endpoint> endpoints) => [.. endpoints.OfType<RouteEndpoint>().Where(e => !IsMachinery(e)).SelectMany(Lines).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{endpoint.RoutePattern.RawText} {method} {PolicyOf(endpoint) ?? "signed in (fallback)"}");

    private static string? PolicyOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) { return "anyone"; }
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy ?? "signed in").Distinct().ToList();
        return policies.Count == 0 ? null : string.Join(" + ", policies);
    }

    // The framework's own endpoints (circuits, scripts, static files) have no say of their own: the fallback policy holds them, or they are public files.
    internal static bool IsMachinery(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is not { } path || path == "{**path:file}" || path.TrimStart('/').StartsWith('_')
        || endpoint.Metadata.Any(m => m.GetType().Namespace?.StartsWith("Microsoft.AspNetCore.StaticAssets", StringComparison.Ordinal) == true);

    public sealed class Fixture : IDisposable
    {
        private readonly PlatformApp _app = new();
        public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        public void Dispose() => _app.Dispose();
    }
}
