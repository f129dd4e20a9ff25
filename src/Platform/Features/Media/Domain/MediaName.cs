namespace Platform.Features.Media.Domain;

/// <summary>The name that an asset is shown under, made from what a person typed or a browser sent.</summary>
public static class MediaName
{
    /// <summary>Longest name, its ending included.</summary>
    public const int MaxLength = 120;

    /// <summary>The last step of a path, without signs that no name needs, with the ending that its type has.</summary>
    public static string Clean(string? typed, string contentType)
    {
        var last = (typed ?? "").Split('/', '\\')[^1];
        var kept = new string([.. last.Where(c => !char.IsControl(c) && !"<>:\"|?*".Contains(c) && !char.IsSurrogate(c) && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format)]);
        var stem = Path.GetFileNameWithoutExtension(kept).Trim(' ', '.');
        var ending = MediaType.EndingOf(contentType);
        if (stem.Length == 0) { stem = contentType.StartsWith("video/", StringComparison.Ordinal) ? "video" : "image"; }
        return stem[..Math.Min(stem.Length, MaxLength - ending.Length)] + ending;
    }
}
