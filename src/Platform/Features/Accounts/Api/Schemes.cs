using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>
/// Four schemes, two for customers and two for staff, that share nothing: a bearer token (own key, issuer and audience) and a cookie (own name) each.
/// The path says which pair counts; a Bearer header says which of the pair.
/// </summary>
public static class Schemes
{
    /// <summary>Chooses one of the four.</summary>
    public const string Chooser = "chooser";

    /// <summary>The customers' access token.</summary>
    public const string CustomerToken = "customer-token";

    /// <summary>The customers' cookie.</summary>
    public const string CustomerCookie = "customer-cookie";

    /// <summary>The staff's access token.</summary>
    public const string StaffToken = "staff-token";

    /// <summary>The staff's cookie.</summary>
    public const string StaffCookie = "staff-cookie";

    /// <summary>Both cookies, for a circuit's connection.</summary>
    public const string Circuit = "circuit";

    /// <summary>The scheme of a request.</summary>
    public static string Choose(HttpContext context) => context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal) ? Circuit : (ApiPaths.IsStaff(context.Request.Path), HasToken(context.Request)) switch
    {
        (true, true) => StaffToken,
        (true, false) => StaffCookie,
        (false, true) => CustomerToken,
        (false, false) => CustomerCookie,
    };

    /// <summary>The cookie of a kind.</summary>
    public static string CookieOf(CallerKind kind) => kind == CallerKind.Staff ? StaffCookie : CustomerCookie;

    /// <summary>What is signed into a cookie: the session, and the organization it acts in. The rest is looked up.</summary>
    public static ClaimsPrincipal PrincipalOf(Caller caller, string scheme) => new(CallerClaims.ToIdentity(caller, scheme));

    internal static void Configure(JwtBearerOptions options, AccessTokens tokens, CallerKind kind)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = tokens.Checks(kind);
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context => VouchAsync(context, kind),
            OnChallenge = context => { context.HandleResponse(); return UnauthenticatedAsync(context.HttpContext); },
            OnForbidden = context => ForbiddenAsync(context.HttpContext),
        };
    }

    internal static void Configure(CookieAuthenticationOptions options, CallerKind kind, bool https)
    {
        var staff = kind == CallerKind.Staff;
        // The __Host- prefix binds a cookie to this host and to https; plain http (development) cannot carry it.
        options.Cookie.Name = (https ? "__Host-" : "") + (staff ? "platform-staff" : "platform");
        options.Cookie.HttpOnly = true;
        options.Cookie.Path = "/";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromDays(30);
        options.SlidingExpiration = true;
        options.LoginPath = staff ? "/admin/sign-in" : "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = context => VouchAsync(context, kind),
            OnRedirectToLogin = context => ApiPaths.IsApi(context.Request.Path) ? UnauthenticatedAsync(context.HttpContext) : RedirectAsync(context.Response, context.RedirectUri),
            OnRedirectToAccessDenied = context => ApiPaths.IsApi(context.Request.Path) ? ForbiddenAsync(context.HttpContext) : DeniedAsync(context.HttpContext, staff),
        };
    }

    /// <summary>The identity of a session's present standing, in place of what the token or cookie said; null where the session is over.</summary>
    public static async Task<ClaimsPrincipal?> PresentAsync(CheckSession check, ClaimsPrincipal claimed, CallerKind kind, string scheme, CancellationToken cancellationToken)
    {
        if (claimed.FindFirst(CallerClaims.Session)?.Value is not { } session) { return null; }
        var standing = await check.RunAsync(kind, session, claimed.FindFirst(CallerClaims.Organization)?.Value, cancellationToken);
        if (standing is null || standing.Caller.UserId != claimed.FindFirst(CallerClaims.Subject)?.Value) { return null; }
        return KeepOrganization(PrincipalOf(standing, scheme), claimed);
    }

    /// <summary>The identity of a standing, with the reason why it may do nothing, if there is one.</summary>
    public static ClaimsPrincipal PrincipalOf(Standing standing, string scheme)
    {
        var principal = PrincipalOf(standing.Caller, scheme);
        if (standing.Restriction is { } restriction) { ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(CallerClaims.Restriction, restriction)); }
        return principal;
    }

    private static async Task VouchAsync(TokenValidatedContext context, CallerKind kind)
    {
        var check = context.HttpContext.RequestServices.GetRequiredService<CheckSession>();
        context.Principal = await PresentAsync(check, context.Principal!, kind, context.Scheme.Name, context.HttpContext.RequestAborted);
        if (context.Principal is null) { context.Fail("the session is over"); }
    }

    private static async Task VouchAsync(CookieValidatePrincipalContext context, CallerKind kind)
    {
        var check = context.HttpContext.RequestServices.GetRequiredService<CheckSession>();
        if (await PresentAsync(check, context.Principal!, kind, context.Scheme.Name, context.HttpContext.RequestAborted) is { } present) { context.ReplacePrincipal(present); return; }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    // A renewed cookie and an open page must still say which organization they are for, also while the person may do nothing there.
    private static ClaimsPrincipal KeepOrganization(ClaimsPrincipal present, ClaimsPrincipal claimed)
    {
        if (present.FindFirst(CallerClaims.Restriction) is not null && claimed.FindFirst(CallerClaims.Organization) is { } organization && present.FindFirst(CallerClaims.Organization) is null)
        {
            ((ClaimsIdentity)present.Identity!).AddClaim(new Claim(CallerClaims.Organization, organization.Value));
        }
        return present;
    }

    private static bool HasToken(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static Task UnauthenticatedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(context, 401);
    }

    private static Task ForbiddenAsync(HttpContext context) => Problems.WriteForbiddenAsync(context, context.User.FindFirst(CallerClaims.Restriction)?.Value);

    private static Task RedirectAsync(HttpResponse response, string url) { response.Redirect(url); return Task.CompletedTask; }

    private static Task DeniedAsync(HttpContext context, bool staff)
    {
        if (!staff && context.User.FindFirst(CallerClaims.Restriction)?.Value == "email_not_verified") { return RedirectAsync(context.Response, "/verify-email"); }
        context.Response.StatusCode = 403;
        return Task.CompletedTask;
    }
}
