using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Features.Accounts.Store;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Makes access tokens and says how they are checked. Customers and staff have keys, audiences and issuers of their own, the algorithm is fixed to
/// HMAC-SHA256, and a token names a session, whose standing is looked up with every use: the token itself grants nothing. The newest key signs; older ones
/// are good until every token that they signed has expired.
/// </summary>
public sealed class AccessTokens(SigningKeyStore keys, IOptions<AccountsOptions> options, TimeProvider time)
{
    /// <summary>How long before its first use a new key is known: all copies of the app read the keys more often than that.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromMinutes(1);

    // The longest life that the setting allows, and some slack for clocks.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(65);
    private const string Algorithm = SecurityAlgorithms.HmacSha256;
    private volatile IReadOnlyDictionary<CallerKind, IReadOnlyList<OpenSigningKey>> _keys = new Dictionary<CallerKind, IReadOnlyList<OpenSigningKey>>();

    /// <summary>An access token's life in seconds.</summary>
    public int Lifetime => options.Value.AccessTokenMinutes * 60;

    /// <summary>The keys as they were last read; another object after every reading.</summary>
    internal object Loaded => _keys;

    /// <summary>Reads the keys; before the first request, and every half minute.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var loaded = new Dictionary<CallerKind, IReadOnlyList<OpenSigningKey>>();
        foreach (var kind in (CallerKind[])[CallerKind.Person, CallerKind.Staff]) { loaded[kind] = await keys.ListAsync(kind, cancellationToken); }
        _keys = loaded;
    }

    /// <summary>A token for a session.</summary>
    /// <param name="kind">Person or Staff.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="organizationId">The organization to act in.</param>
    /// <param name="seconds">Its life, at most an hour; null: the usual.</param>
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
            SigningCredentials = new SigningCredentials(Secure(kind, Signing(KeysOf(kind))), Algorithm),
        });
    }

    /// <summary>How a kind's tokens are checked.</summary>
    public TokenValidationParameters Checks(CallerKind kind) => new()
    {
        ValidIssuer = AudienceOf(kind),
        ValidAudience = AudienceOf(kind),
        ValidAlgorithms = [Algorithm],
        ValidTypes = ["JWT"],
        IssuerSigningKeyResolver = (_, _, kid, _) => [.. Good(KeysOf(kind)).Select(key => Secure(kind, key)).Where(key => key.KeyId == kid)],
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) => expires > time.GetUtcNow().UtcDateTime && (notBefore is null || notBefore <= time.GetUtcNow().UtcDateTime.AddSeconds(30)),
    };

    /// <summary>The key that signs now: the newest whose time has come.</summary>
    internal OpenSigningKey Signing(IReadOnlyList<OpenSigningKey> known) => known.LastOrDefault(k => k.SignsFrom <= time.GetUtcNow()) ?? known[0];

    /// <summary>Those that a living token may be signed with: the signing one, the coming ones, and the ones before it whose successor is younger than a token's longest life.</summary>
    internal IEnumerable<OpenSigningKey> Good(IReadOnlyList<OpenSigningKey> known) => known.Where((_, i) => i == known.Count - 1 || known[i + 1].SignsFrom + LongestLife > time.GetUtcNow());

    private IReadOnlyList<OpenSigningKey> KeysOf(CallerKind kind) => _keys.GetValueOrDefault(kind) ?? throw new InvalidOperationException("the signing keys are not loaded yet");

    private static SymmetricSecurityKey Secure(CallerKind kind, OpenSigningKey key) => new(key.Key) { KeyId = $"{AudienceOf(kind)}-{key.Id[(key.Id.IndexOf('-', StringComparison.Ordinal) + 1)..]}" };

    private static string AudienceOf(CallerKind kind) => kind == CallerKind.Staff ? "platform-staff" : "platform-customers";
}
