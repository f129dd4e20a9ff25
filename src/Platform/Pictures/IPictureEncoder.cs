namespace Platform.Pictures;

/// <summary>How a picture is written.</summary>
public enum PictureKind
{
    /// <summary>JPEG.</summary>
    Jpeg,

    /// <summary>PNG.</summary>
    Png,

    /// <summary>WebP that loses a little.</summary>
    Webp,

    /// <summary>WebP that loses nothing.</summary>
    WebpLossless,

    /// <summary>GIF that does not move.</summary>
    Gif,
}

/// <summary>A picture to draw anew.</summary>
/// <param name="Kind">What its bytes are, and what it becomes.</param>
/// <param name="Bytes">Its file.</param>
/// <param name="Turn">How it is to be turned and mirrored, as EXIF says it: 1 (not at all) to 8.</param>
/// <param name="Profile">Its ICC colour profile; null for sRGB.</param>
public sealed record PictureFile(PictureKind Kind, byte[] Bytes, int Turn = 1, byte[]? Profile = null);

/// <summary>Draws pictures anew. Takes the processor and memory: bound the pixels, and how many at once.</summary>
public interface IPictureEncoder
{
    /// <summary>Whether it can.</summary>
    bool Available { get; }

    /// <summary>The picture as a new file of its kind, upright and in sRGB; null where the bytes are no picture of that kind.</summary>
    byte[]? Draw(PictureFile picture);
}
