namespace Platform.Pictures.Gd;

/// <summary>Draws with libgd.</summary>
internal sealed class GdPictures : IPictureEncoder
{
    // Of a picture that was compressed before: what is lost at 90 is not seen, and the file grows little.
    private const int JpegQuality = 90, WebpQuality = 90, WebpLossless = 101, PngLevel = 6;

    /// <inheritdoc />
    public bool Available => Native.Loaded;

    /// <inheritdoc />
    public byte[]? Draw(PictureFile picture)
    {
        if (!Available) { throw new InvalidOperationException("libgd is not here; ask Available first"); }
        var image = Native.Read(Reader(picture.Kind), picture.Bytes);
        if (image == 0) { return null; }
        try
        {
            image = Turned(image, picture.Turn);
            if (ColourProfile.Read(picture.Profile) is { IsSrgb: false } profile) { Recolour(image, profile); }
            return Write(image, picture.Kind);
        }
        finally { Native.Do("gdImageDestroy", image); }
    }

    private static string Reader(PictureKind kind) => kind switch
    {
        PictureKind.Jpeg => "gdImageCreateFromJpegPtr",
        PictureKind.Png => "gdImageCreateFromPngPtr",
        PictureKind.Gif => "gdImageCreateFromGifPtr",
        _ => "gdImageCreateFromWebpPtr",
    };

    // EXIF's eight: mirrored (2), upside down (3), both (4), and the four that lie on their side.
    private static nint Turned(nint image, int turn)
    {
        if (turn is 5 or 6 or 7) { image = OnItsSide(image, 270); }
        if (turn is 8) { image = OnItsSide(image, 90); }
        if (turn is 2 or 3 or 5) { Native.Do("gdImageFlipHorizontal", image); }
        if (turn is 3 or 4 or 7) { Native.Do("gdImageFlipVertical", image); }
        return image;
    }

    private static nint OnItsSide(nint image, float degreesLeft)
    {
        var turned = Native.Rotate(image, degreesLeft);
        if (turned == 0) { throw new InvalidOperationException("there is no room to turn a picture"); }
        Native.Do("gdImageDestroy", image);
        return turned;
    }

    private static void Recolour(nint image, ColourProfile profile)
    {
        if (!Native.ToTrueColour(image)) { throw new InvalidOperationException("there is no room to recolour a picture"); }
        Native.Set("gdImageAlphaBlending", image, 0);
        Native.Recolour(image, profile.ToRgb);
    }

    private static byte[]? Write(nint image, PictureKind kind)
    {
        Native.Set("gdImageSaveAlpha", image, 1);
        // libgd writes WebP from true colours only.
        if (kind is PictureKind.Webp or PictureKind.WebpLossless) { Native.ToTrueColour(image); }
        return kind switch
        {
            PictureKind.Jpeg => Native.Write("gdImageJpegPtr", image, JpegQuality),
            PictureKind.Png => Native.Write("gdImagePngPtrEx", image, PngLevel),
            // It takes no quality; a third argument that nobody reads does no harm in this calling convention.
            PictureKind.Gif => Native.Write("gdImageGifPtr", image, 0),
            _ => Native.Write("gdImageWebpPtrEx", image, kind == PictureKind.WebpLossless ? WebpLossless : WebpQuality),
        };
    }
}
