namespace Platform.Features.Media.Domain;

/// <summary>The types of media that are taken, told by their first bytes; what the sender calls them counts for nothing.</summary>
public static class MediaType
{
    /// <summary>PNG.</summary>
    public const string Png = "image/png";

    /// <summary>JPEG.</summary>
    public const string Jpeg = "image/jpeg";

    /// <summary>GIF.</summary>
    public const string Gif = "image/gif";

    /// <summary>WebP.</summary>
    public const string Webp = "image/webp";

    /// <summary>MP4.</summary>
    public const string Mp4 = "video/mp4";

    /// <summary>How many first bytes <see cref="Sniff"/> looks at.</summary>
    public const int HeadLength = 16;

    private static readonly HashSet<string> Mp4Brands = ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4VP", "dash", "MSNV"];

    /// <summary>The type, or null for anything that is not taken (SVG, HTML, HEIC, QuickTime …).</summary>
    public static string? Sniff(ReadOnlySpan<byte> head) => head switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png,
        [0xFF, 0xD8, 0xFF, ..] => Jpeg,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => Gif,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Webp,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', var a, var b, var c, var d, ..]
            when Mp4Brands.Contains(new string([(char)a, (char)b, (char)c, (char)d])) => Mp4,
        _ => null,
    };

    /// <summary>The usual ending of a file of this type, with its dot.</summary>
    public static string EndingOf(string contentType) => contentType switch
    {
        Png => ".png",
        Jpeg => ".jpg",
        Gif => ".gif",
        Webp => ".webp",
        _ => ".mp4",
    };
}
