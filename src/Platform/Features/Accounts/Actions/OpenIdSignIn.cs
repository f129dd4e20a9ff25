using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The way to the provider.</summary>
/// <param name="Url">Where the browser goes.</param>
/// <param name="Browser">What it keeps in a cookie until it is back.</param>
public sealed record OpenIdStart(string Url, string Browser);

/// <summary>What the provider sent the browser back with.</summary>
/// <param name="State">Names the way.</param>
/// <param name="Code">To exchange.</param>
/// <param name="Error">Why there is no code.</param>
/// <param name="Browser">What the browser kept.</param>
public sealed record OpenIdReturn(string? State, string? Code, string? Error, string? Browser);

/// <summary>What came of it: a sign-in, or a connected identity where <paramref name="SignIn"/> is null.</summary>
public sealed record OpenIdOutcome(SignInOutcome? SignIn, string? ReturnUrl);

/// <summary>
/// Signs in through a provider: code flow with PKCE, state and nonce. An identity opens the account that it was connected to, by issuer and subject alone.
/// An address never connects anything: who has an account signs in to it first and connects the identity there.
/// </summary>
public sealed class OpenIdSignIn(OpenIdProvider provider, OpenIdTokens tokens, ExternalLoginStore logins, OpenIdAccounts openIdAccounts, PublicLinks links, IOptions<OpenIdConnectOptions> options)
{
    /// <summary>Where the provider sends the browser back to; registered there.</summary>
    public const string CallbackPath = "/auth/oidc/callback";

    /// <summary>Begins.</summary>
    /// <param name="caller">The customer who connects an identity; anybody to sign in.</param>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <param name="connect">Whether an identity is to be connected to the caller's account.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OpenIdStart>> StartAsync(Caller caller, string? returnUrl, bool connect, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled) { return Problem.NotFound("sign-in provider"); }
        if (connect && await openIdAccounts.MayConnectAsync(caller, cancellationToken) is { } refusal) { return refusal; }
        var metadata = await provider.MetadataAsync(cancellationToken);
        if (!metadata.Ok) { return metadata.Problem; }
        var (nonce, verifier) = (OpaqueToken.New(), OpaqueToken.New());
        var (state, browser) = await logins.BeginAsync(nonce, verifier, returnUrl, connect ? caller.UserId : null, cancellationToken);
        var query = new Dictionary<string, string>
        {
            ["response_type"] = "code", ["client_id"] = options.Value.ClientId, ["redirect_uri"] = links.To(CallbackPath), ["scope"] = options.Value.Scopes, ["state"] = state, ["nonce"] = nonce,
            ["code_challenge"] = Pkce.ChallengeOf(verifier), ["code_challenge_method"] = "S256",
        };
        var joint = metadata.Value.Authorize.Query.Length > 0 ? '&' : '?';
        return new OpenIdStart($"{metadata.Value.Authorize}{joint}{string.Join('&', query.Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value)}"))}", browser);
    }

    /// <summary>Finishes.</summary>
    public async Task<Result<OpenIdOutcome>> FinishAsync(Caller caller, OpenIdReturn back, Device device, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled) { return Problem.NotFound("sign-in provider"); }
        if (back is not { State: { Length: > 0 and < 200 } state, Browser: { Length: > 0 and < 200 } browser } || await logins.EndAsync(state, browser, cancellationToken) is not { } trip) { return Stale(); }
        if (back.Error is not null || back.Code is not { Length: > 0 } code) { return Problem.Conflict("provider_refused", "You did not sign in at the provider. Try again, or use your password."); }
        var token = await provider.ExchangeAsync(code, trip.Verifier, links.To(CallbackPath), cancellationToken);
        if (!token.Ok) { return token.Problem; }
        var identity = await tokens.ReadAsync(token.Value, trip.Nonce, cancellationToken);
        if (!identity.Ok) { return identity.Problem; }
        if (trip.ConnectTo is { } userId)
        {
            return (await openIdAccounts.ConnectAsync(caller, userId, identity.Value, cancellationToken)).Map(_ => new OpenIdOutcome(null, trip.ReturnUrl));
        }
        return (await openIdAccounts.EnterAsync(caller, identity.Value, device, cancellationToken)).Map(outcome => new OpenIdOutcome(outcome, trip.ReturnUrl));
    }

    private static Problem Stale() => Problem.Conflict("sign_in_expired", "This sign-in took too long, was used already, or began in another browser. Start again.");
}
