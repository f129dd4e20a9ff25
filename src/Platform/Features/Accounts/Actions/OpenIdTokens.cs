using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Primitives;

namespace Platform.Features.Accounts.Actions;

/// <summary>Who somebody is at the provider.</summary>
/// <param name="Issuer">Who says so.</param>
/// <param name="Subject">Who it is there; with the issuer the only thing that accounts are linked by.</param>
/// <param name="Email">The address, whoever it belongs to.</param>
/// <param name="EmailVerified">Whether the provider says that it is theirs.</param>
/// <param name="GivenName">First name.</param>
/// <param name="FamilyName">Last name.</param>
public sealed record OpenIdIdentity(string Issuer, string Subject, string? Email, bool EmailVerified, string GivenName, string FamilyName);

/// <summary>Checks ID tokens: signature by one of the provider's public keys, issuer, audience, life, nonce (OpenID Connect Core, 3.1.3.7).</summary>
public sealed class OpenIdTokens(OpenIdProvider provider, IOptions<OpenIdConnectOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Whom a token is about; a problem where it proves nothing.</summary>
    public async Task<Result<OpenIdIdentity>> ReadAsync(string token, string nonce, CancellationToken cancellationToken)
    {
        var metadata = await provider.MetadataAsync(cancellationToken);
        if (!metadata.Ok) { return metadata.Problem; }
        if (!new JsonWebTokenHandler().CanReadToken(token)) { return Wrong(); }
        var keys = await provider.KeysAsync(new JsonWebToken(token).Kid, cancellationToken);
        if (!keys.Ok) { return keys.Problem; }
        var checkedToken = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, Checks(metadata.Value.Issuer, keys.Value));
        if (!checkedToken.IsValid || checkedToken.SecurityToken is not JsonWebToken jwt) { return Wrong(); }
        if (Text(jwt, "nonce") != nonce || string.IsNullOrEmpty(jwt.Subject) || jwt.Subject.Length > 255) { return Wrong(); }
        // A token for several must say that it was issued to us.
        if (jwt.Audiences.Count() > 1 && Text(jwt, "azp") != options.Value.ClientId) { return Wrong(); }
        return new OpenIdIdentity(metadata.Value.Issuer, jwt.Subject, Text(jwt, "email"), IsTrue(jwt, "email_verified"), Text(jwt, "given_name") ?? Text(jwt, "name") ?? "", Text(jwt, "family_name") ?? "");
    }

    private TokenValidationParameters Checks(string issuer, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer,
        ValidAudience = options.Value.ClientId,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = keys,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => expires > time.GetUtcNow().UtcDateTime - Skew && (notBefore is null || notBefore <= time.GetUtcNow().UtcDateTime + Skew),
    };

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var value) && !string.IsNullOrEmpty(value) ? value : null;

    // Some providers send the word instead of the value.
    private static bool IsTrue(JsonWebToken token, string claim) =>
        (token.TryGetPayloadValue<bool>(claim, out var value) && value) || string.Equals(Text(token, claim), "true", StringComparison.Ordinal);

    private static Problem Wrong() => new(ProblemKind.Unauthenticated, "invalid_id_token", "The provider's answer could not be verified. Start the sign-in again.");
}
