using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.Telemetry.Metrics;

/// <summary>
/// <c>GET /metrics</c>. With <c>Telemetry:MetricsToken</c> it wants that token from everyone. Without, it answers only those on this machine, and
/// nobody who came through a proxy: a reverse proxy on the same host would otherwise open it to the world.
/// </summary>
internal static class MetricsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", Answer).AllowAnonymous().ExcludeFromDescription();

    private static IResult Answer(HttpContext context, PrometheusMetrics metrics, IOptions<TelemetryOptions> options) => May(context, options.Value.MetricsToken)
        ? Results.Text(metrics.Write(), PrometheusText.MediaType)
        : Results.Text("Metrics are for this machine, or for the bearer of Telemetry:MetricsToken.\n", statusCode: 403);

    private static bool May(HttpContext context, string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {token}"));
        }
        var headers = context.Request.Headers;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Real-IP");
    }
}
