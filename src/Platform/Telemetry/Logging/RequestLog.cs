using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.Tenancy;

namespace Platform.Telemetry.Logging;

/// <summary>
/// Outermost middleware: gives each request its correlation id (taken from <c>X-Correlation-Id</c> where that is harmless, returned there), one log
/// line, and the tags of its trace. The line has the route's pattern, never the path, the query, a header or a body.
/// </summary>
public sealed partial class RequestLog(RequestDelegate next, TimeProvider time, ILogger<RequestLog> log)
{
    /// <summary>The header, in and out.</summary>
    public const string Header = "X-Correlation-Id";

    /// <summary>Runs for each request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var id = IdOf(context);
        context.TraceIdentifier = id;
        context.Response.OnStarting(static state =>
        {
            var (response, value) = ((HttpResponse, string))state;
            response.Headers[Header] = value;
            return Task.CompletedTask;
        }, (context.Response, id));
        using var scope = log.BeginScope(new Dictionary<string, object?> { ["CorrelationId"] = id });
        var started = time.GetTimestamp();
        try { await next(context); }
        catch (Exception e)
        {
            log.LogError(e, "{Method} {Route} broke off", context.Request.Method, RouteOf(context));
            throw;
        }
        finally { Write(context, time.GetElapsedTime(started)); }
    }

    private void Write(HttpContext context, TimeSpan took)
    {
        var (method, route, status) = (context.Request.Method, RouteOf(context), context.Response.StatusCode);
        var caller = CallerClaims.Read(context.User, IsStaff(context.Request.Path) ? CallerKind.Staff : CallerKind.Person);
        Tag(method, route, status, caller);
        var level = status >= 500 ? LogLevel.Warning : IsNoise(context.Request.Path) ? LogLevel.Debug : LogLevel.Information;
        log.Log(level, "{Method} {Route} {Status} in {Milliseconds:0.0} ms, user {UserId}, organization {OrganizationId}", method, route, status, took.TotalMilliseconds, caller?.UserId ?? "-", caller?.Organization?.Value ?? "-");
    }

    // The framework's own activity carries no tags on .NET 10.
    private static void Tag(string method, string route, int status, Caller? caller)
    {
        if (Activity.Current is not { } activity) { return; }
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status).SetTag("organization.id", caller?.Organization?.Value);
        if (status >= 500) { activity.SetStatus(ActivityStatusCode.Error); }
    }

    private static string IdOf(HttpContext context) =>
        context.Request.Headers[Header].ToString() is { Length: > 0 } given && Harmless().IsMatch(given) ? given : Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? "/" + pattern.TrimStart('/') : "(no route)";

    private static bool IsStaff(PathString path) => path.StartsWithSegments("/admin") || path.StartsWithSegments("/api/v1/admin");

    // Circuits, probes, scrapes and static files: seen at Debug only.
    private static bool IsNoise(PathString path) =>
        path.StartsWithSegments("/_blazor") || path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics") || (!path.StartsWithSegments("/api") && Path.HasExtension(path.Value));

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Harmless();
}
