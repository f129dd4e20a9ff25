using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.TestKit;

namespace Platform.Tests.Architecture;

/// <summary>Endpoints are bound by code made at build time (EnableRequestDelegateGenerator): otherwise a thousand small methods are made and compiled at each start, which takes nearly as long as all the rest of it.</summary>
public sealed class BindingRules : IDisposable
{
    private readonly PlatformApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public void Endpoints_of_the_API_are_bound_by_code_made_at_build_time()
    {
        using var client = _app.CreateClient();
        var endpoints = _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true).ToList();
        endpoints.Count.ShouldBeGreaterThan(200);
        endpoints.Where(e => e.RequestDelegate!.Method.DeclaringType!.FullName!.StartsWith("Microsoft.AspNetCore.Http.Generated", StringComparison.Ordinal) == false)
            .Select(e => e.DisplayName).ShouldBeEmpty();
    }
}
