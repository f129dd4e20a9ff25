using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Tenancy;

/// <summary>
/// AES-256-GCM with a random 96-bit nonce. A sealed text is <c>v1.keyId.base64url(nonce | ciphertext | tag)</c>; the first key seals, all keys open,
/// so that a new master key can be put in front of the old one.
/// </summary>
public sealed class SecretBox : ISecretBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly string _current;
    private readonly Dictionary<string, byte[]> _keys;

    /// <summary>With the key that seals, and older ones that still open. Each is 32 bytes.</summary>
    public SecretBox(params IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0 || keys.Any(key => key.Length != 32)) { throw new ArgumentException("a key of 32 bytes is needed", nameof(keys)); }
        _keys = keys.DistinctBy(IdOf).ToDictionary(IdOf);
        _current = IdOf(keys[0]);
        KeyIds = [.. keys.Select(IdOf).Distinct()];
    }

    /// <inheritdoc />
    public IReadOnlyList<string> KeyIds { get; }

    /// <inheritdoc />
    public string Prefix => $"v1.{_current}.";

    /// <inheritdoc />
    public string Seal(string plaintext, string aad)
    {
        var text = Encoding.UTF8.GetBytes(plaintext);
        var sealedBytes = new byte[NonceSize + text.Length + TagSize];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_keys[_current], TagSize);
        aes.Encrypt(sealedBytes.AsSpan(0, NonceSize), text, sealedBytes.AsSpan(NonceSize, text.Length), sealedBytes.AsSpan(NonceSize + text.Length), Encoding.UTF8.GetBytes(aad));
        return $"v1.{_current}.{Base64Url.EncodeToString(sealedBytes)}";
    }

    /// <inheritdoc />
    public string Open(string sealedText, string aad)
    {
        if (sealedText.Split('.') is not ["v1", var keyId, var body]) { throw new CryptographicException("not a sealed text"); }
        if (!_keys.TryGetValue(keyId, out var key)) { throw new CryptographicException($"sealed with key {keyId}, which this installation does not have"); }
        if (!Base64Url.IsValid(body)) { throw new CryptographicException("not a sealed text"); }
        var sealedBytes = Base64Url.DecodeFromChars(body);
        if (sealedBytes.Length < NonceSize + TagSize) { throw new CryptographicException("not a sealed text"); }
        var text = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize, text.Length), sealedBytes.AsSpan(NonceSize + text.Length), text, Encoding.UTF8.GetBytes(aad));
        return Encoding.UTF8.GetString(text);
    }

    // A fingerprint of the key, not the key: it tells keys apart and reveals nothing.
    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData([.. "key id "u8, .. key])[..4]);
}
