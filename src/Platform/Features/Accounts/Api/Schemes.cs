using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
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

    /// <summary>A program's key, on the customers' side.</summary>
    public const string ApiKey = "api-key";

    /// <summary>The scheme of a request.</summary>
    public static string Choose(HttpContext context) => context.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal) ? Circuit : ApiKeyScheme.Carries(context.Request) ? ApiKey : (ApiPaths.IsStaff(context.Request.Path), HasToken(context.Request)) switch
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
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new RememberedTokens(tokens));
        options.TokenValidationParameters = tokens.Checks(kind);
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = VouchAsync,
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
            OnValidatePrincipal = VouchAsync,
            OnRedirectToLogin = context => ApiPaths.IsApi(context.Request.Path) ? UnauthenticatedAsync(context.HttpContext) : RedirectAsync(context.Response, context.RedirectUri),
            OnRedirectToAccessDenied = context => ApiPaths.IsApi(context.Request.Path) ? ForbiddenAsync(context.HttpContext) : DeniedAsync(context.HttpContext, staff),
        };
    }

    /// <summary>The identity of a session's present standing, in place of what the token or cookie said; null where the session is over.</summary>
    /// <param name="check">Asks.</param>
    /// <param name="claimed">What the token, the cookie or the open page says.</param>
    /// <param name="scheme">The scheme that the identity is of.</param>
    /// <param name="address">Where the session is used from.</param>
    /// <param name="byPerson">Whether a person did something, rather than an open page looking by itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ClaimsPrincipal?> PresentAsync(CheckSession check, ClaimsPrincipal claimed, string scheme, string? address, bool byPerson, CancellationToken cancellationToken)
    {
        if (claimed.FindFirst(CallerClaims.Session)?.Value is not { } session) { return null; }
        var kind = scheme is StaffCookie or StaffToken ? CallerKind.Staff : CallerKind.Person;
        var standing = await check.RunAsync(kind, new SessionUse(session, claimed.FindFirst(CallerClaims.Organization)?.Value, address, byPerson), cancellationToken);
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

    private static async Task VouchAsync(TokenValidatedContext context)
    {
        var check = context.HttpContext.RequestServices.GetRequiredService<CheckSession>();
        context.Principal = await PresentAsync(check, context.Principal!, context.Scheme.Name, AddressOf(context.HttpContext), byPerson: true, context.HttpContext.RequestAborted);
        if (context.Principal is null) { context.Fail("the session is over"); }
    }

    private static async Task VouchAsync(CookieValidatePrincipalContext context)
    {
        var check = context.HttpContext.RequestServices.GetRequiredService<CheckSession>();
        if (await PresentAsync(check, context.Principal!, context.Scheme.Name, AddressOf(context.HttpContext), byPerson: true, context.HttpContext.RequestAborted) is { } present) { context.ReplacePrincipal(present); return; }
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

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private static bool HasToken(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    internal static Task UnauthenticatedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(context, 401);
    }

    internal static Task ForbiddenAsync(HttpContext context) => Problems.WriteForbiddenAsync(context, context.User.FindFirst(CallerClaims.Restriction)?.Value ?? Impersonated(context));

    // Staff who act as a customer meet a closed door at what only the customer in person may do; that is said as what it is.
    private static string? Impersonated(HttpContext context) =>
        CallerClaims.Read(context.User, CallerKind.Person)?.Impersonator is not null && context.GetEndpoint()?.Metadata.OfType<IAuthorizeData>().Any(a => a.Policy == Policies.InPerson) == true ? "impersonated" : null;

    private static Task RedirectAsync(HttpResponse response, string url) { response.Redirect(url); return Task.CompletedTask; }

    private static Task DeniedAsync(HttpContext context, bool staff)
    {
        var restriction = context.User.FindFirst(CallerClaims.Restriction)?.Value;
        if (!staff && restriction == "email_not_verified") { return RedirectAsync(context.Response, "/verify-email"); }
        if (staff && restriction == StaffRules.TwoFactorMissing) { return RedirectAsync(context.Response, StaffDoors.TwoFactor); }
        if (!staff && restriction == "two_factor_required") { return RedirectAsync(context.Response, "/account/security?needed=1"); }
        // Acting in no organization (removed, closed, suspended, second factor missing) has a page that says why and what to do.
        if (!staff && CallerClaims.Read(context.User, CallerKind.Person) is { Organization: null }) { return RedirectAsync(context.Response, "/no-access"); }
        context.Response.StatusCode = 403;
        return Task.CompletedTask;
    }
}
