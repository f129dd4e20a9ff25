using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Accounts.Domain;

/// <summary>Random texts that are handed out once and kept only as hashes.</summary>
public static class OpaqueToken
{
    /// <summary>256 random bits, URL-safe.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored. A plain hash is enough: the text has 256 bits, there is nothing to guess.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>
/// A refresh token: <c>session.family.secret</c>. The family part stays for the session's life and proves that a token was once handed out for it;
/// the secret part is new with every refresh. So an old token is told from an invented one, and only the former revokes the session.
/// </summary>
public sealed record RefreshToken(string SessionId, string Family, string Secret)
{
    /// <summary>The token as handed out.</summary>
    public override string ToString() => $"{SessionId}.{Family}.{Secret}";

    /// <summary>Reads a token; null where the text is none.</summary>
    public static RefreshToken? Parse(string? text) =>
        text is { Length: < 200 } && text.Split('.') is [{ Length: 32 } session, { Length: 43 } family, { Length: 43 } secret] ? new RefreshToken(session, family, secret) : null;
}
