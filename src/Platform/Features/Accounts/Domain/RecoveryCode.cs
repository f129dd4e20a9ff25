using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Accounts.Domain;

/// <summary>
/// Codes that stand in for a lost authenticator, each once. Ten characters (50 bits) are short enough to type, so they are kept as salted PBKDF2 hashes
/// (ASVS 5, 6.5.2); the codes of one set share the salt, so that looking one up costs one round of the work.
/// </summary>
public static class RecoveryCode
{
    /// <summary>How many make a set.</summary>
    public const int Count = 10;

    // Crockford's alphabet: nothing that is mistaken for something else.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Half = 5;

    /// <summary>A new set.</summary>
    public static IReadOnlyList<string> NewSet() => [.. Enumerable.Range(0, Count).Select(_ => $"{Part()}-{Part()}")];

    /// <summary>A salt for a set.</summary>
    public static string NewSalt() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    /// <summary>What is stored; null where the text cannot be a code.</summary>
    public static string? Hash(string? code, string salt, int rounds)
    {
        var text = Clean(code);
        if (text.Length != 2 * Half) { return null; }
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(text), Convert.FromBase64String(salt), rounds, HashAlgorithmName.SHA512, 32));
    }

    private static string Part() => RandomNumberGenerator.GetString(Alphabet, Half);

    // Read as Crockford says: o is zero, i and l are one; blanks and dashes do not count.
    private static string Clean(string? code) => code is null or { Length: > 60 }
        ? ""
        : new string([.. code.ToLowerInvariant().Select(c => c switch { 'o' => '0', 'i' or 'l' => '1', _ => c }).Where(Alphabet.Contains)]);
}
