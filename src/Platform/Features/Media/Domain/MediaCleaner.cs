using Platform.Primitives;

namespace Platform.Features.Media.Domain;

/// <summary>What a cleaned file is.</summary>
/// <param name="ContentType">Its type.</param>
/// <param name="Width">Pixels, as shown (turned where the camera said so).</param>
/// <param name="Height">Pixels, as shown.</param>
/// <param name="Seconds">A video's length; 0 for an image.</param>
public sealed record CleanMedia(string ContentType, int Width, int Height, double Seconds = 0)
{
    /// <summary>Whether it is a picture of several frames.</summary>
    public bool Moves { get; init; }

    /// <summary>Whether a WebP was stored without loss.</summary>
    public bool Lossless { get; init; }

    /// <summary>How the camera was held, as EXIF says it: 1 (upright) to 8.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>Its ICC colour profile, as it came; null where there is none.</summary>
    public byte[]? Profile { get; init; }
}

/// <summary>
/// Copies a media file part by part, following its format: only what the picture needs is taken over, so that places, names, comments and
/// anything hidden behind the end stay behind. What does not follow its format is refused. Nothing is decoded: a small file that
/// unpacks to a huge picture is told by its header.
/// </summary>
public static class MediaCleaner
{
    /// <summary>Most pixels of a picture (width × height).</summary>
    public const long MaxPixels = 50_000_000;

    /// <summary>A longer colour profile is none.</summary>
    internal const int LongestProfile = 1024 * 1024;

    private static readonly byte[][] ForeignMarks =
        [[.. "PK\x03\x04"u8], [.. "%PDF"u8], [.. "<?php"u8], [.. "<script"u8], [.. "<html"u8], [.. "<!doctype"u8], [.. "<svg"u8], [.. "MZ\x90"u8], [.. "\x7fELF"u8], [.. "Rar!"u8]];

    /// <summary>Cleans <paramref name="source"/> (which can seek) into <paramref name="target"/> (which can seek).</summary>
    public static Result<CleanMedia> Clean(Stream source, Stream target)
    {
        var head = new byte[MediaType.HeadLength];
        source.Position = 0;
        var read = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var type = MediaType.Sniff(head.AsSpan(0, read));
        if (type is null) { return Problem.InvalidField("file", "media_type_not_supported", "This kind of file is not supported. Use PNG, JPEG, GIF, WebP or MP4."); }
        source.Position = 0;
        try
        {
            var media = CleanAs(type, new MediaReader(source), target);
            target.Flush();
            return Judge(media);
        }
        catch (InvalidDataException exception)
        {
            return Problem.InvalidField("file", "media_damaged", $"This file is damaged or is not what it claims to be ({exception.Message}). Export it again and retry.");
        }
    }

    /// <summary>Refuses what follows a picture's end where it is a file of another kind (a polyglot); other remains (cameras add some) are simply left behind.</summary>
    internal static void RefuseForeignTail(MediaReader reader)
    {
        while (!reader.AtEnd)
        {
            // Overlapping windows, so that a mark across a border is seen.
            var start = reader.Position;
            var window = reader.Bytes((int)Math.Min(64 * 1024, reader.Length - start));
            if (ForeignMarks.Any(mark => HasMark(window, mark))) { throw MediaReader.Damaged("another file is hidden behind the picture"); }
            if (!reader.AtEnd) { reader.Seek(reader.Position - 16); }
        }
    }

    private static CleanMedia CleanAs(string type, MediaReader reader, Stream target) => type switch
    {
        MediaType.Png => PngFormat.Clean(reader, target),
        MediaType.Jpeg => JpegFormat.Clean(reader, target),
        MediaType.Gif => GifFormat.Clean(reader, target),
        MediaType.Webp => WebpFormat.Clean(reader, target),
        _ => Mp4Format.Clean(reader, target),
    };

    private static Result<CleanMedia> Judge(CleanMedia media)
    {
        if (media.Width <= 0 || media.Height <= 0) { return Problem.InvalidField("file", "media_damaged", "This file says that it has no width or no height. Export it again and retry."); }
        return (long)media.Width * media.Height > MaxPixels
            ? Problem.InvalidField("file", "media_too_many_pixels", $"This picture has {media.Width} × {media.Height} pixels; at most {MaxPixels / 1_000_000} megapixels are taken. Make it smaller and retry.")
            : media;
    }

    private static bool HasMark(ReadOnlySpan<byte> window, ReadOnlySpan<byte> mark)
    {
        for (var at = 0; at <= window.Length - mark.Length; at++)
        {
            if (EqualIgnoringCase(window.Slice(at, mark.Length), mark)) { return true; }
        }
        return false;
    }

    private static bool EqualIgnoringCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (var at = 0; at < right.Length; at++)
        {
            if (Lower(left[at]) != Lower(right[at])) { return false; }
        }
        return true;
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
