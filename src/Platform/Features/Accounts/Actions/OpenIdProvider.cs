using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Features.Accounts.Actions;

/// <summary>What the provider says of itself.</summary>
public sealed record OpenIdMetadata(string Issuer, Uri Authorize, Uri Token, Uri Keys);

/// <summary>
/// Speaks to the provider through the guarded way out: discovery, keys, and the exchange of a code. The document and the keys are kept for an hour;
/// a token signed with a key that is not known has them read again, at most once a minute.
/// </summary>
public sealed class OpenIdProvider(IOutboundClient client, IOptions<OpenIdConnectOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private Known? _known;

    /// <summary>The provider's document.</summary>
    public async Task<Result<OpenIdMetadata>> MetadataAsync(CancellationToken cancellationToken) => (await KnowAsync(Fresh, cancellationToken)).Map(k => k.Metadata);

    /// <summary>The keys that its tokens may be signed with; read again where the one named is not among them.</summary>
    public async Task<Result<IReadOnlyList<SecurityKey>>> KeysAsync(string? keyId, CancellationToken cancellationToken)
    {
        var known = await KnowAsync(Fresh, cancellationToken);
        if (known.Ok && keyId is not null && known.Value.Keys.All(k => k.KeyId != keyId)) { known = await KnowAsync(Between, cancellationToken); }
        return known.Map(k => k.Keys);
    }

    /// <summary>Exchanges a code for the ID token.</summary>
    public async Task<Result<string>> ExchangeAsync(string code, string verifier, string redirectUri, CancellationToken cancellationToken)
    {
        var metadata = await MetadataAsync(cancellationToken);
        if (!metadata.Ok) { return metadata.Problem; }
        var settings = options.Value;
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri, ["client_id"] = settings.ClientId, ["code_verifier"] = verifier };
        var headers = new Dictionary<string, string> { ["Accept"] = "application/json" };
        if (settings.ClientSecret.Length > 0) { headers["Authorization"] = $"Basic {Basic(settings)}"; }
        var answer = await client.SendAsync(
            new OutboundRequest { Name = "oidc.token", Method = HttpMethod.Post, Url = metadata.Value.Token, Headers = headers, Body = OutboundBody.Form(form), Timeout = TimeSpan.FromSeconds(15), MaxAnswerBytes = 256 * 1024 }, cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } json } && Text(json, "id_token") is { } token ? token : Failed();
    }

    /// <summary>The provider did not do its part.</summary>
    internal static Problem Failed() => new(ProblemKind.UpstreamFailed, "provider_failed", "The sign-in provider did not answer as it should. Try again in a moment.");

    // Client id and secret are form-encoded before they are joined (RFC 6749, 2.3.1).
    private static string Basic(OpenIdConnectOptions settings) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(settings.ClientId)}:{Uri.EscapeDataString(settings.ClientSecret)}"));

    private async Task<Result<Known>> KnowAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _known) is { } known && time.GetUtcNow() - known.At < age) { return known; }
        var authority = options.Value.Authority.TrimEnd('/');
        var document = await ReadAsync("oidc.discovery", new Uri($"{authority}/.well-known/openid-configuration"), cancellationToken);
        // The document must be of whom we asked (OpenID Connect Discovery, 4.3).
        if (document is not { } json || Text(json, "issuer") is not { } issuer || issuer.TrimEnd('/') != authority) { return Failed(); }
        if (Address(json, "authorization_endpoint") is not { } authorize || Address(json, "token_endpoint") is not { } token || Address(json, "jwks_uri") is not { } keysAt) { return Failed(); }
        if (await ReadAsync("oidc.keys", keysAt, cancellationToken) is not { } set) { return Failed(); }
        var fresh = new Known(new OpenIdMetadata(issuer, authorize, token, keysAt), Keys(set), time.GetUtcNow());
        Volatile.Write(ref _known, fresh);
        return fresh;
    }

    private async Task<JsonElement?> ReadAsync(string name, Uri url, CancellationToken cancellationToken) =>
        await client.SendAsync(new OutboundRequest { Name = name, Method = HttpMethod.Get, Url = url, Timeout = TimeSpan.FromSeconds(15), MaxAnswerBytes = 512 * 1024 }, cancellationToken)
            is OutboundAnswer.Answered { IsSuccess: true, Json: { } json } ? json : null;

    // Public keys only: a secret shared with the provider would let whoever knows it sign tokens.
    private static List<SecurityKey> Keys(JsonElement set) =>
        [.. new JsonWebKeySet(set.GetRawText()).Keys.Where(k => k.Kty is "RSA" or "EC" && k.Use is null or "" or "sig").Select(SecurityKey (k) => k)];

    private static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Uri? Address(JsonElement json, string name) =>
        Uri.TryCreate(Text(json, name), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) ? address : null;

    private sealed record Known(OpenIdMetadata Metadata, IReadOnlyList<SecurityKey> Keys, DateTimeOffset At);
}
