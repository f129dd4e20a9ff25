using Microsoft.AspNetCore.Authentication;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>Puts a session into a browser's cookie and takes it out again.</summary>
internal static class BrowserSession
{
    /// <summary>Where a sign-in comes from.</summary>
    public static Device Device(HttpContext http) => new(http.Request.Headers.UserAgent.ToString(), Browser: true);

    /// <summary>Signs the browser in.</summary>
    public static Task OpenAsync(HttpContext http, Caller caller)
    {
        var scheme = Schemes.CookieOf(caller.Kind);
        return http.SignInAsync(scheme, Schemes.PrincipalOf(caller, scheme), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>Signs the browser in, or remembers the challenge; returns the page to go to.</summary>
    public static async Task<string> GoOnAsync(HttpContext http, CallerKind kind, SignInOutcome outcome, string? returnUrl)
    {
        if (outcome.Due is { } due) { return ChallengeCookie.Set(http, kind, due, returnUrl); }
        await OpenAsync(http, outcome.Grant!.Caller);
        return SafeUrl(returnUrl, kind == CallerKind.Staff ? "/admin" : "/");
    }

    /// <summary>Signs the browser out.</summary>
    public static Task CloseAsync(HttpContext http, CallerKind kind) => http.SignOutAsync(Schemes.CookieOf(kind));

    /// <summary>An address of this site to go to, or the fallback: never another site's, whatever a link says.</summary>
    public static string SafeUrl(string? url, string fallback)
    {
        if (string.IsNullOrEmpty(url) || url[0] != '/' || url.Any(char.IsControl)) { return fallback; }
        return url.Length > 1 && url[1] is ('/' or '\\') ? fallback : url;
    }
}
