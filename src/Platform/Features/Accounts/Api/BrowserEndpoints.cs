using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>What a circuit cannot do, because only an ordinary request sets cookies: sign out, and switch the organization. Plain form posts; other sites' are refused by <see cref="CrossSiteGuard"/>.</summary>
public static class BrowserEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapBrowserForms(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").ExcludeFromDescription().DisableAntiforgery().WithMetadata(RateLimit.Standard);
        group.MapPost("/sign-out", SignOut).AllowAnonymous();
        group.MapPost("/admin/sign-out", SignOutStaff).AllowAnonymous();
        group.MapPost("/organization/switch", Switch).RequireAuthorization(Policies.SignedIn);
    }

    private static async Task<IResult> SignOut(HttpContext http, OwnSessions sessions, CancellationToken token)
    {
        await sessions.SignOutAsync(http.GetCaller(), token);
        await http.SignOutAsync(Schemes.CustomerCookie);
        return TypedResults.LocalRedirect("/sign-in");
    }

    private static async Task<IResult> SignOutStaff(HttpContext http, OwnSessions sessions, CancellationToken token)
    {
        await sessions.SignOutAsync(http.GetCaller(), token);
        await http.SignOutAsync(Schemes.StaffCookie);
        return TypedResults.LocalRedirect("/admin/sign-in");
    }

    private static async Task<IResult> Switch(HttpContext http, [FromForm] string organizationId, SwitchOrganization action, CancellationToken token)
    {
        var switched = await action.RunAsync(http.GetCaller(), organizationId, token);
        if (!switched.Ok) { return TypedResults.LocalRedirect("/"); }
        await http.SignInAsync(Schemes.CustomerCookie, Schemes.PrincipalOf(switched.Value, Schemes.CustomerCookie), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.LocalRedirect("/");
    }
}
