using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Platform.Features.Accounts.Api;

/// <summary>
/// A circuit serves both the customers' pages and the staff's, so its connection carries both identities where both are signed in. They stay apart:
/// every policy, and <see cref="Platform.Ui.CallerProvider"/>, looks only at the one of its kind.
/// </summary>
public sealed class CircuitScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var identities = new List<ClaimsIdentity>();
        foreach (var scheme in (string[])[Schemes.CustomerCookie, Schemes.StaffCookie])
        {
            var result = await Context.AuthenticateAsync(scheme);
            if (result.Succeeded) { identities.AddRange(result.Principal.Identities); }
        }
        return identities.Count == 0 ? AuthenticateResult.NoResult() : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identities), Scheme.Name));
    }
}
