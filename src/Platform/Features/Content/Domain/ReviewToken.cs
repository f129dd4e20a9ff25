using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Content.Domain;

/// <summary>What a mailed link carries: 256 random bits, of which only the hash is stored.</summary>
public static class ReviewToken
{
    /// <summary>A new one, URL-safe.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
