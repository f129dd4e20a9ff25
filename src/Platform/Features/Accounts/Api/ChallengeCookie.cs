using Platform.Features.Accounts.Actions;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>
/// Carries a sign-in from its first step to its second in a browser: the challenge's token in a cookie that scripts cannot read, so that it is in no
/// address, no history and no form. The second page works for every first step alike (password, OpenID Connect, mailed link).
/// </summary>
public static class ChallengeCookie
{
    /// <summary>Remembers the challenge, and returns the page to go to.</summary>
    public static string Set(HttpContext http, CallerKind kind, SecondFactorDue due, string? returnUrl)
    {
        http.Response.Cookies.Append(NameOf(http, kind), due.Token, Options(http, due.ExpiresIn));
        var query = string.IsNullOrEmpty(returnUrl) ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}";
        return $"{(kind == CallerKind.Staff ? "/admin" : "")}/sign-in/verify{query}";
    }

    /// <summary>The challenge's token; null where there is none.</summary>
    public static string? Get(HttpContext http, CallerKind kind) => http.Request.Cookies[NameOf(http, kind)];

    /// <summary>Forgets it.</summary>
    public static void Clear(HttpContext http, CallerKind kind) => http.Response.Cookies.Delete(NameOf(http, kind), Options(http, 0));

    private static string NameOf(HttpContext http, CallerKind kind) => (http.Request.IsHttps ? "__Host-" : "") + (kind == CallerKind.Staff ? "platform-staff-step" : "platform-step");

    // Lax, not Strict: the way back from an OpenID Connect provider begins at another site.
    private static CookieOptions Options(HttpContext http, int seconds) => new()
    {
        HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null, IsEssential = true,
    };
}
