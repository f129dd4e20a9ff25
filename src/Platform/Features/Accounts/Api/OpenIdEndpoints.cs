using Microsoft.AspNetCore.Mvc;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Ui;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Where the page's script is to go.</summary>
public sealed record WayOut(string Url);

/// <summary>Signing in through an OpenID Connect provider: two addresses that browsers pass through, and the connected identities over the API.</summary>
public static class OpenIdEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapOpenId(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/auth/oidc").ExcludeFromDescription().DisableAntiforgery().WithMetadata(RateLimit.Authentication);
        pages.MapGet("", Start).AllowAnonymous();
        pages.MapPost("/connect", Connect).RequireAuthorization(Policies.InPerson);
        pages.MapGet("/callback", Callback).AllowAnonymous();

        var own = routes.MapInPersonApi("/auth/identities", "Account security");
        own.MapGet("", List).WithSummary("Lists the identities at a sign-in provider that open your account");
        own.MapDelete("/{id}", Disconnect).Answers(404, 409).WithSummary("Disconnects an identity; not the only way into the account");
    }

    private static async Task<IResult> Start(HttpContext http, OpenIdSignIn signIn, string? returnUrl, CancellationToken token)
    {
        var started = await signIn.StartAsync(http.GetCaller(), BrowserSession.SafeUrl(returnUrl, "/"), connect: false, token);
        return started.Ok ? Leave(http, started.Value) : TypedResults.LocalRedirect($"/sign-in?provider={started.Problem.Code}");
    }

    private static async Task<IResult> Connect(HttpContext http, OpenIdSignIn signIn, CancellationToken token)
    {
        var started = await signIn.StartAsync(http.GetCaller(), "/account/security", connect: true, token);
        if (started.Ok) { http.Response.Cookies.Append(CookieOf(http), started.Value.Browser, Options(http)); }
        // Told, not redirected to: the content security policy lets no form lead to another site.
        return TypedResults.Ok(new WayOut(started.Ok ? started.Value.Url : $"/account/security?provider={started.Problem.Code}"));
    }

    private static async Task<IResult> Callback(HttpContext http, OpenIdSignIn signIn, [FromQuery] string? state, [FromQuery] string? code, [FromQuery] string? error, CancellationToken token)
    {
        var back = new OpenIdReturn(state, code, error, http.Request.Cookies[CookieOf(http)]);
        http.Response.Cookies.Delete(CookieOf(http), Options(http));
        var caller = http.GetCaller();
        var done = await signIn.FinishAsync(caller, back, BrowserSession.Device(http), token);
        if (!done.Ok) { return TypedResults.LocalRedirect($"{(caller.Kind is CallerKind.Person ? "/account/security" : "/sign-in")}?provider={done.Problem.Code}"); }
        if (done.Value.SignIn is not { } outcome) { return TypedResults.LocalRedirect("/account/security?provider=connected"); }
        return TypedResults.LocalRedirect(await BrowserSession.GoOnAsync(http, CallerKind.Person, outcome, done.Value.ReturnUrl));
    }

    private static async Task<ApiOk<IReadOnlyList<ConnectedIdentity>>> List(ApiCaller caller, OpenIdAccounts identities, CancellationToken token) => await identities.ListAsync(caller, token);

    private static async Task<ApiNoContent> Disconnect(ApiCaller caller, string id, OpenIdAccounts identities, CancellationToken token) => (await identities.DisconnectAsync(caller, id, token)).ToNoContent();

    private static Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult Leave(HttpContext http, OpenIdStart start)
    {
        http.Response.Cookies.Append(CookieOf(http), start.Browser, Options(http));
        return TypedResults.Redirect(start.Url);
    }

    private static string CookieOf(HttpContext http) => (http.Request.IsHttps ? "__Host-" : "") + "platform-oidc";

    // Lax: the way back begins at the provider's site, as a plain visit.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.FromMinutes(10), IsEssential = true,
    };
}
