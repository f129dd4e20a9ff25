using System.Runtime.InteropServices;
using System.Text;

namespace Platform.Tests.Features.Media;

/// <summary>Pictures that can be decoded, made with the same library that draws them in the app, and ways to look at their pixels.</summary>
internal static class RealPictures
{
    private static readonly nint Library = NativeLibrary.Load("libgd.so.3");

    private delegate nint ReadFile(int size, byte[] file);
    private delegate nint WriteFile(nint image, out int size, int quality);
    private delegate nint MakeImage(int width, int height);
    private delegate int GetPixel(nint image, int x, int y);
    private delegate void SetPixel(nint image, int x, int y, int colour);
    private delegate void Set(nint image, int value);
    private delegate void Do(nint image);

    /// <summary>A picture of these colours (0xAARRGGBB; the transparency 0 to 127, 0 opaque), as a file of a kind: Jpeg, PngEx, WebpEx, Gif.</summary>
    public static byte[] Make(string kind, int width, int height, Func<int, int, int> colour, int quality = 95)
    {
        var image = Get<MakeImage>("gdImageCreateTrueColor")(width, height);
        Get<Set>("gdImageAlphaBlending")(image, 0);
        Get<Set>("gdImageSaveAlpha")(image, 1);
        for (var y = 0; y < height; y++) { for (var x = 0; x < width; x++) { Get<SetPixel>("gdImageSetPixel")(image, x, y, colour(x, y)); } }
        var function = kind.EndsWith("Ex", StringComparison.Ordinal) ? $"gdImage{kind[..^2]}PtrEx" : $"gdImage{kind}Ptr";
        var buffer = Get<WriteFile>(function)(image, out var size, quality);
        var bytes = new byte[size];
        Marshal.Copy(buffer, bytes, 0, size);
        Get<Do>("gdFree")(buffer);
        Get<Do>("gdImageDestroy")(image);
        return bytes;
    }

    /// <summary>The colours at some places of a file: Jpeg, Png, Webp, Gif.</summary>
    public static int[] Look(string kind, byte[] file, params (int X, int Y)[] places)
    {
        var image = Get<ReadFile>($"gdImageCreateFrom{kind}Ptr")(file.Length, file);
        image.ShouldNotBe(0, $"no {kind}");
        var found = places.Select(p => Get<GetPixel>("gdImageGetTrueColorPixel")(image, p.X, p.Y)).ToArray();
        Get<Do>("gdImageDestroy")(image);
        return found;
    }

    /// <summary>A JPEG of four corners in different colours (red, green, blue, white: from the left above, by rows), held by the camera as EXIF's number says, with a place in it.</summary>
    public static byte[] Turned(byte turn, int width = 64, int height = 32)
    {
        byte[] exif = [.. "Exif\0\0II*\0\x08\0\0\0\x01\0"u8, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(TestPictures.Canary)];
        return With(Make("Jpeg", width, height, (x, y) => (x < width / 2, y < height / 2) switch { (true, true) => 0xFF0000, (false, true) => 0x00FF00, (true, false) => 0x0000FF, _ => 0xFFFFFF }), 0xE1, exif);
    }

    /// <summary>A JPEG with one more segment at its beginning.</summary>
    public static byte[] With(byte[] jpeg, byte marker, byte[] data) => [.. jpeg.AsSpan(0, 2), 0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data, .. jpeg.AsSpan(2)];

    /// <summary>Whether two colours look the same, but for what a lossy format changes.</summary>
    public static bool Near(int one, int other, int most = 12) => Enumerable.Range(0, 3).All(i => Math.Abs(((one >> (8 * i)) & 255) - ((other >> (8 * i)) & 255)) <= most);

    private static T Get<T>(string function) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Library, function));
}
