using Platform.Primitives;

namespace Platform.Api;

/// <summary>
/// Cookies ride along with requests that other sites' pages make. So a changing request without a token must come from this site's own
/// pages (Sec-Fetch-Site, else Origin); what sends neither is no browser and has no cookie to misuse. Circuits and hubs begin with a GET and then
/// take commands, so there the origin counts with every method.
/// </summary>
public sealed class CrossSiteGuard(RequestDelegate next)
{
    /// <summary>Runs for each request.</summary>
    public Task InvokeAsync(HttpContext context) => IsForeign(context.Request)
        ? Problems.WriteAsync(context, new Problem(ProblemKind.Forbidden, "cross_site_request", "This request comes from another site's page. Use an access token."))
        : next(context);

    private static bool IsForeign(HttpRequest request)
    {
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (reads && !IsHub(request.Path)) { return false; }
        if (request.Headers.Authorization.Count > 0) { return false; }
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) { return site is not ("same-origin" or "none"); }
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || !string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsHub(PathString path) => path.StartsWithSegments("/_blazor") || path.StartsWithSegments("/hubs");
}
