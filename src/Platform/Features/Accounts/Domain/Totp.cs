using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Platform.Features.Accounts.Domain;

/// <summary>Time-based one-time passwords as authenticator apps make them: RFC 6238 with HMAC-SHA1, six digits, steps of 30 seconds; the parameters that every app knows.</summary>
public static class Totp
{
    /// <summary>The length of a step.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    // RFC 4226 asks for at least 128 bits and recommends 160.
    private const int SecretBytes = 20;
    private const int Digits = 6;
    private const int Drift = 1;

    /// <summary>A new secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The step that a moment lies in.</summary>
    public static long StepOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Step.TotalSeconds;

    /// <summary>The code of a step.</summary>
    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 with SHA-1 is what authenticator apps compute; as a MAC it stands.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is: the moment's own, or one before or after it, for clocks that are a little off; null where it is none of them.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string? code, DateTimeOffset at)
    {
        var typed = Clean(code);
        if (typed.Length != Digits) { return null; }
        long? found = null;
        for (var step = StepOf(at) - Drift; step <= StepOf(at) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(secret, step)), System.Text.Encoding.ASCII.GetBytes(typed))) { found = step; }
        }
        return found;
    }

    /// <summary>What authenticator apps read out of the QR code.</summary>
    /// <param name="issuer">Who asks for the code.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="secret">The secret.</param>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Escape(issuer)}:{Escape(account)}?secret={Base32.Encode(secret)}&issuer={Escape(issuer)}&algorithm=SHA1&digits={Digits}&period={(int)Step.TotalSeconds}";

    // People type and paste codes with blanks and dashes.
    private static string Clean(string? code) => code is null or { Length: > 40 } ? "" : new string([.. code.Where(char.IsAsciiDigit)]);

    private static string Escape(string text) => System.Uri.EscapeDataString(text);
}

/// <summary>Base32 of RFC 4648, without padding: how a secret is typed into an authenticator app.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Bytes to text.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder((bytes.Length * 8 + 4) / 5);
        var (buffer, bits) = (0, 0);
        foreach (var value in bytes)
        {
            (buffer, bits) = (((buffer << 8) | value) & 0xffff, bits + 8);
            while (bits >= 5) { bits -= 5; text.Append(Alphabet[(buffer >> bits) & 31]); }
        }
        if (bits > 0) { text.Append(Alphabet[(buffer << (5 - bits)) & 31]); }
        return text.ToString();
    }
}
