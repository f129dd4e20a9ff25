using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Networks.Bluesky;

/// <summary>
/// The record key of a part: a valid TID (53 bits of microseconds, 10 bits of clock id, base32-sortable) that follows from the idempotency key alone, so that a
/// repeat names the same record. The time is that of the UUIDv7 in the key, spread over a minute by its hash: two publications of one channel made in the same
/// millisecond share a key with a probability of 1 in 60,000,000,000. Source: atproto specification, record keys.
/// </summary>
internal static class RecordKey
{
    private const string Alphabet = "234567abcdefghijklmnopqrstuvwxyz";
    private const ulong Spread = 60_000_000;

    /// <summary>The key.</summary>
    public static string Of(string idempotencyKey)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey));
        var (low, high) = (BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
        var micros = idempotencyKey.Length >= 12 && ulong.TryParse(idempotencyKey.AsSpan(0, 12), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var millis)
            ? millis * 1000 + low % Spread
            : low;
        var value = ((micros & 0x1F_FFFF_FFFF_FFFF) << 10) | (high & 0x3FF);
        return string.Create(13, value, static (chars, rest) =>
        {
            for (var i = 12; i >= 0; i--, rest >>= 5) { chars[i] = Alphabet[(int)(rest & 31)]; }
        });
    }
}
