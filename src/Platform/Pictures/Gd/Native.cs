using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Platform.Pictures.Gd;

/// <summary>The functions of libgd (2.1 and newer) that are used, by their addresses. Pictures and buffers are freed by whoever asked for them.</summary>
internal static unsafe class Native
{
    private static readonly string[] Names = ["libgd.so.3", "libgd.so", "libgd.3.dylib", "libgd.dll"];
    private static readonly Lazy<nint> Library = new(Open);

    /// <summary>Whether the library is here.</summary>
    public static bool Loaded => Library.Value != 0;

    /// <summary>A picture out of a file; 0 where it is none. The function says of which kind.</summary>
    public static nint Read(string function, byte[] file)
    {
        fixed (byte* data = file) { return ((delegate* unmanaged[Cdecl]<int, byte*, nint>)Find(function))(file.Length, data); }
    }

    /// <summary>A file of a picture; null where it could not be written.</summary>
    public static byte[]? Write(string function, nint image, int quality)
    {
        var size = 0;
        var buffer = ((delegate* unmanaged[Cdecl]<nint, int*, int, byte*>)Find(function))(image, &size, quality);
        if (buffer is null) { return null; }
        var bytes = new ReadOnlySpan<byte>(buffer, size).ToArray();
        ((delegate* unmanaged[Cdecl]<byte*, void>)Find("gdFree"))(buffer);
        return bytes;
    }

    /// <summary>A turned copy; 0 where there was no room for it.</summary>
    public static nint Rotate(nint image, float degreesLeft) => ((delegate* unmanaged[Cdecl]<nint, float, int, nint>)Find("gdImageRotateInterpolated"))(image, degreesLeft, 0);

    /// <summary>One of those that take a picture and change or end it.</summary>
    public static void Do(string function, nint image) => ((delegate* unmanaged[Cdecl]<nint, void>)Find(function))(image);

    /// <summary>One of those that switch something on (1) or off (0).</summary>
    public static void Set(string function, nint image, int value) => ((delegate* unmanaged[Cdecl]<nint, int, void>)Find(function))(image, value);

    /// <summary>Gives every pixel its own colour.</summary>
    public static bool ToTrueColour(nint image) => ((delegate* unmanaged[Cdecl]<nint, int>)Find("gdImagePaletteToTrueColor"))(image) != 0;

    /// <summary>Changes every pixel's colour (0xRRGGBB) and leaves its transparency. The picture has true colours and does not blend.</summary>
    public static void Recolour(nint image, Func<int, int> change)
    {
        var get = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int, int>)Find("gdImageGetTrueColorPixel");
        var set = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int, int, void>)Find("gdImageSetPixel");
        // gdImageStruct begins with a pointer and then its width and height, in every version there is.
        var (width, height) = (*(int*)(image + sizeof(nint)), *(int*)(image + sizeof(nint) + sizeof(int)));
        var (last, lastTo) = (-1, 0);
        for (var at = 0L; at < (long)width * height; at++)
        {
            var (x, y) = ((int)(at % width), (int)(at / width));
            var colour = get(image, x, y);
            var plain = colour & 0xFFFFFF;
            // Neighbours are often alike.
            if (plain != last) { (last, lastTo) = (plain, change(plain)); }
            if (lastTo != plain) { set(image, x, y, (colour & ~0xFFFFFF) | lastTo); }
        }
    }

    private static nint Find(string function) => NativeLibrary.GetExport(Library.Value, function);

    private static nint Open()
    {
        var here = Names.Select(n => NativeLibrary.TryLoad(n, out var handle) ? handle : 0).FirstOrDefault(h => h != 0);
        if (here == 0) { return 0; }
        // It would write to the terminal what is wrong with a picture; we say so to whoever sent it.
        ((delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<int, nint, nint, void>, void>)NativeLibrary.GetExport(here, "gdSetErrorMethod"))(&Silent);
        return here;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Silent(int priority, nint format, nint arguments)
    {
    }
}
