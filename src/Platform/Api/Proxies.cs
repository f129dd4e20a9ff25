using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>Who a request came from and for which host: believed only where it is known.</summary>
public static class Proxies
{
    /// <summary>Reads X-Forwarded-For, -Proto and -Host of the configured proxies; of nobody else, and of nobody at all where none is configured.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        if (!trusted.Any) { return; }
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = trusted.Hops };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted.TrustedProxies) { options.KnownProxies.Add(IPAddress.Parse(proxy)); }
        foreach (var network in trusted.TrustedNetworks) { options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network)); }
        app.UseForwardedHeaders(options);
    }
}

/// <summary>
/// Answers only to this installation's own names once <c>Platform:PublicUrl</c> is set: a stranger's Host header makes no link, no cookie and no cache entry.
/// Probes of load balancers come by address and may see <c>/health</c>; so does Prometheus, which asks each copy and has the token of <c>/metrics</c>. A list in <c>AllowedHosts</c> is the framework's own filter and comes on top.
/// </summary>
public sealed class HostGuard(RequestDelegate next, PublicLinks links, IConfiguration configuration)
{
    private readonly string? _host = configuration["Platform:PublicUrl"] is { Length: > 0 } && Uri.TryCreate(links.Root, UriKind.Absolute, out var root) ? root.Host : null;

    // Without a token /metrics answers this machine only, and a page elsewhere may pretend to be this machine by its name.
    private readonly bool _metricsToken = configuration["Telemetry:MetricsToken"] is { Length: > 0 };

    /// <summary>Runs for each request.</summary>
    public Task InvokeAsync(HttpContext context) => _host is null || IsOwn(context.Request)
        ? next(context)
        : Problems.WriteAsync(context, Problem.Invalid("unknown_host", "This server does not answer to this name."));

    private bool IsOwn(HttpRequest request)
    {
        if (request.Path.StartsWithSegments("/health") || (_metricsToken && request.Path == "/metrics")) { return true; }
        var host = request.Host.Host.TrimEnd('.');
        return string.Equals(host, _host, StringComparison.OrdinalIgnoreCase) || host is "localhost" or "127.0.0.1" or "[::1]";
    }
}
