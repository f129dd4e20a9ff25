using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Audit.Domain;

/// <summary>
/// How entries are tied together. Each entry stands in two chains: its organization's (which the organization can verify from its own export) and the platform's
/// (which holds the order of all). Every hash is SHA-256 in lower-case hex over lines of text, so that anyone can compute it again with common tools.
/// </summary>
public static class ChainHash
{
    /// <summary>What the first entry has as its previous hash.</summary>
    public static readonly string Nothing = new('0', 64);

    /// <summary>The chain of what concerns no organization.</summary>
    public const string PlatformChain = "platform";

    /// <summary>The hash of a record's canonical form.</summary>
    public static string OfRecord(ReadOnlySpan<byte> canonical) => Convert.ToHexStringLower(SHA256.HashData(canonical));

    /// <summary>The hash of an entry of one organization's chain.</summary>
    public static string OfChain(string chain, long sequence, string previous, string recordHash) => Of("chain-1", chain, Text(sequence), previous, recordHash);

    /// <summary>The hash of an entry of the platform's chain.</summary>
    public static string OfPlatform(long sequence, string previous, string chainHash) => Of("platform-1", Text(sequence), previous, chainHash);

    /// <summary>Proves that this installation made the hash: who can write to the store but does not have the master key cannot make one.</summary>
    public static string Mac(byte[] key, string hash) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(hash)));

    /// <summary>Whether a proof is good.</summary>
    public static bool IsMac(byte[] key, string hash, string mac) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(key, hash)), Encoding.ASCII.GetBytes(mac));

    private static string Of(params string[] lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
