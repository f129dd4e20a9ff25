using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Domain;

namespace Platform.Features.Accounts.Api;

/// <summary>Programs that carry an API key, as <c>Authorization: Bearer plk_…</c> or <c>X-Api-Key</c>. For the customers' API and their media only: never for staff's routes, never for pages.</summary>
public sealed class ApiKeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, CheckApiKey check)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether a request is one of these.</summary>
    public static bool Carries(HttpRequest request) =>
        (ApiPaths.IsApi(request.Path) || request.Path.StartsWithSegments("/media", StringComparison.Ordinal)) && !ApiPaths.IsStaff(request.Path) && TextOf(request) is not null;

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (TextOf(Request) is not { } text) { return AuthenticateResult.NoResult(); }
        var standing = await check.RunAsync(text, Context.Connection.RemoteIpAddress?.ToString(), Context.RequestAborted);
        return standing is null ? AuthenticateResult.Fail("no such key") : AuthenticateResult.Success(new AuthenticationTicket(Schemes.PrincipalOf(standing, Scheme.Name), Scheme.Name));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Schemes.UnauthenticatedAsync(Context);

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Schemes.ForbiddenAsync(Context);

    // A bearer token of another kind wins over X-Api-Key: a request has one caller.
    private static string? TextOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer + ApiKeyText.Prefix, StringComparison.OrdinalIgnoreCase)) { return authorization[Bearer.Length..]; }
        return authorization.Length == 0 && request.Headers["X-Api-Key"] is [{ Length: > 0 } text] ? text : null;
    }
}
