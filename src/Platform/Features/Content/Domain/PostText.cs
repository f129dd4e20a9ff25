using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Content.Domain;

/// <summary>What a post's text is compared and searched by.</summary>
public static class PostText
{
    /// <summary>The same for texts that readers would call the same (case and spaces aside) on the same channel.</summary>
    public static string Key(string channelId, string text)
    {
        var plain = string.Join(' ', text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{channelId}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)))[..24]}";
    }

    /// <summary>What a search looks into.</summary>
    public static string Searchable(IEnumerable<string> texts) => Fold(string.Join('\n', texts));

    /// <summary>A text as it is searched: without case.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();
}
