using Microsoft.Extensions.Options;

namespace Platform.Api;

/// <summary>
/// Puts the security headers on every answer, the framework's own and failures included. Pages run under a policy without inline scripts or styles, API
/// answers under one that allows nothing; what people uploaded, and the page of an outage, bring stricter ones of their own, which stay.
/// </summary>
public sealed class SecurityHeaders(RequestDelegate next, IOptions<SecurityOptions> options)
{
    /// <summary>The policy of pages. Everything is this host's own; pictures may also be made in the page (data:, blob:).</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "object-src 'none'; frame-src 'none'; worker-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // The one style element that Swagger UI's script adds to /docs, by its hash: a new version of the package may need a new one.
    private const string DocsStyle = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

    /// <summary>The policy of answers that are no pages.</summary>
    public const string DataPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Features =
        "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), "
        + "hid=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

    private static readonly string DocsPolicy = PagePolicy.Replace("style-src 'self'", $"style-src 'self' {DocsStyle}", StringComparison.Ordinal);

    private readonly string? _transport = TransportOf(options.Value);

    /// <summary>Runs for each request, outermost but for the request log.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            var (self, http) = ((SecurityHeaders, HttpContext))state;
            self.Write(http);
            return Task.CompletedTask;
        }, (this, context));
        return next(context);
    }

    private void Write(HttpContext context)
    {
        var (path, headers) = (context.Request.Path, context.Response.Headers);
        var isData = ApiPaths.IsApi(path) || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics");
        // A whole policy of its own stays; Blazor's "frame-ancestors" alone is none.
        if (!headers.ContentSecurityPolicy.ToString().StartsWith("default-src 'none'", StringComparison.Ordinal)) { headers.ContentSecurityPolicy = isData ? DataPolicy : path.StartsWithSegments("/docs") ? DocsPolicy : PagePolicy; }
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Features;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        if (context.Request.IsHttps && _transport is not null) { headers.StrictTransportSecurity = _transport; }
        // What the API says is somebody's: no cache on the way, no copy on disk, unless the handler said otherwise.
        if (ApiPaths.IsApi(path)) { headers.TryAdd("Cache-Control", "no-store"); }
    }

    private static string? TransportOf(SecurityOptions options) =>
        options.HstsDays == 0 ? null : $"max-age={(long)options.HstsDays * 86_400}{(options.HstsIncludeSubDomains ? "; includeSubDomains" : "")}";
}
