using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Accounts.Domain;

/// <summary>
/// The text of an API key: <c>plk_</c>, 43 characters with 256 random bits, 6 characters of checksum (CRC-32 of what stands before, in base 62). The prefix and the checksum let
/// scanners of leaked secrets recognise one for certain, and let a mistyped one be refused without asking the store.
/// </summary>
public static class ApiKeyText
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "plk_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);
    private const int RandomLength = 43;
    private const int CheckLength = 6;

    /// <summary>How long a key is.</summary>
    public const int Length = 4 + RandomLength + CheckLength;

    /// <summary>A new key.</summary>
    public static string New()
    {
        var head = Prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return head + Check(head);
    }

    /// <summary>Whether a text can be a key.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: Length } && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Letters) < 0
        && text.EndsWith(Check(text[..^CheckLength]), StringComparison.Ordinal);

    /// <summary>What may be shown of a key afterwards: enough to tell two apart, nothing to guess with.</summary>
    public static string Hint(string text) => $"{Prefix}…{text[^4..]}";

    private static string Check(string head)
    {
        var (left, text) = (Crc32(Encoding.ASCII.GetBytes(head)), new char[CheckLength]);
        for (var i = CheckLength - 1; i >= 0; i--) { (left, text[i]) = (left / 62, Alphabet[(int)(left % 62)]); }
        return new string(text);
    }

    // CRC-32 as in gzip (IEEE 802.3), bit by bit: 47 bytes need no table.
    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) { crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1)); }
        }
        return ~crc;
    }
}
