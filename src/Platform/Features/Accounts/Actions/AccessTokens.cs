using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Makes access tokens and says how they are checked. Customers and staff have keys, audiences and issuers of their own, the algorithm is fixed to
/// HMAC-SHA256, and a token names a session, whose standing is looked up with every use: the token itself grants nothing.
/// </summary>
public sealed class AccessTokens(SigningKeyStore keys, IOptions<AccountsOptions> options, TimeProvider time)
{
    private const string Algorithm = SecurityAlgorithms.HmacSha256;
    private readonly Dictionary<CallerKind, SymmetricSecurityKey> _keys = [];

    /// <summary>An access token's life in seconds.</summary>
    public int Lifetime => options.Value.AccessTokenMinutes * 60;

    /// <summary>Reads the keys; once, before the first request.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in (CallerKind[])[CallerKind.Person, CallerKind.Staff])
        {
            _keys[kind] = new SymmetricSecurityKey(await keys.GetAsync(kind, cancellationToken)) { KeyId = $"{AudienceOf(kind)}-1" };
        }
    }

    /// <summary>A token for a session.</summary>
    /// <param name="kind">Person or Staff.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="organizationId">The organization to act in.</param>
    /// <param name="seconds">Its life; null: the usual.</param>
    public string Make(CallerKind kind, string userId, string sessionId, string? organizationId, int? seconds = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var claims = new ClaimsIdentity([new Claim(CallerClaims.Subject, userId), new Claim(CallerClaims.Session, sessionId)]);
        if (organizationId is not null) { claims.AddClaim(new Claim(CallerClaims.Organization, organizationId)); }
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = AudienceOf(kind),
            Audience = AudienceOf(kind),
            Subject = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(seconds ?? Lifetime),
            SigningCredentials = new SigningCredentials(KeyOf(kind), Algorithm),
        });
    }

    /// <summary>How a kind's tokens are checked.</summary>
    public TokenValidationParameters Checks(CallerKind kind) => new()
    {
        ValidIssuer = AudienceOf(kind),
        ValidAudience = AudienceOf(kind),
        ValidAlgorithms = [Algorithm],
        ValidTypes = ["JWT"],
        IssuerSigningKeyResolver = (_, _, _, _) => [KeyOf(kind)],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => expires > time.GetUtcNow().UtcDateTime && (notBefore is null || notBefore <= time.GetUtcNow().UtcDateTime.AddSeconds(30)),
    };

    private SymmetricSecurityKey KeyOf(CallerKind kind) => _keys.GetValueOrDefault(kind) ?? throw new InvalidOperationException("the signing keys are not loaded yet");

    private static string AudienceOf(CallerKind kind) => kind == CallerKind.Staff ? "platform-staff" : "platform-customers";
}
