using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Analytics.Domain;

/// <summary>Ids that follow from what a record is about, so that writing it twice is one record.</summary>
public static class Keys
{
    /// <summary>32 hex digits.</summary>
    public static string Of(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!))))[..32];
}
