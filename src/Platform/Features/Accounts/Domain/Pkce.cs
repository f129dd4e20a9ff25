using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Accounts.Domain;

/// <summary>Proof key for code exchange (RFC 7636): whoever exchanges the code must be who asked for it.</summary>
public static class Pkce
{
    /// <summary>The S256 challenge of a verifier.</summary>
    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
