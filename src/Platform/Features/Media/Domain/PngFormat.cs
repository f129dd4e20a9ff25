using System.Buffers.Binary;
using System.IO.Compression;

namespace Platform.Features.Media.Domain;

/// <summary>PNG (W3C PNG, third edition): a signature and chunks. Texts, times, EXIF and unknown chunks are left out.</summary>
internal static class PngFormat
{
    private static readonly HashSet<string> Kept =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "acTL", "fcTL", "fdAT", "cICP", "mDCV", "cLLI"];

    public static CleanMedia Clean(MediaReader reader, Stream target)
    {
        target.Write(reader.Bytes(8));
        CleanMedia? media = null;
        for (var hasPixels = false; ;)
        {
            var length = reader.U32();
            var tag = reader.Tag();
            if (media is null != (tag == "IHDR")) { throw MediaReader.Damaged("its header is not where it should be"); }
            media ??= Header(reader, length);
            hasPixels |= tag == "IDAT";
            if (tag is "acTL") { media = media with { Moves = true }; }
            if (tag is "iCCP" && length <= MediaCleaner.LongestProfile) { media = media with { Profile = Profile(reader, (int)length) }; }
            CopyChunk(reader, target, tag, length);
            if (tag != "IEND") { continue; }
            if (!hasPixels) { throw MediaReader.Damaged("it holds no picture"); }
            MediaCleaner.RefuseForeignTail(reader);
            return media;
        }
    }

    private static CleanMedia Header(MediaReader reader, uint length)
    {
        if (length != 13) { throw MediaReader.Damaged("its header has the wrong length"); }
        var start = reader.Position;
        var (width, height) = (reader.U32(), reader.U32());
        reader.Seek(start);
        return new(MediaType.Png, Side(width), Side(height));
    }

    // A name, a zero, the method (always 0), and the profile compressed.
    private static byte[]? Profile(MediaReader reader, int length)
    {
        var start = reader.Position;
        var data = reader.Bytes(length);
        reader.Seek(start);
        var name = Array.IndexOf(data, (byte)0);
        if (name < 0 || name + 2 >= length) { return null; }
        using var plain = new MemoryStream();
        using var zip = new ZLibStream(new MemoryStream(data, name + 2, length - name - 2), CompressionMode.Decompress);
        return Inflate(zip, plain) ? plain.ToArray() : null;
    }

    private static bool Inflate(ZLibStream from, MemoryStream to)
    {
        var piece = new byte[16 * 1024];
        for (int read; (read = from.Read(piece)) > 0;)
        {
            if (to.Length + read > MediaCleaner.LongestProfile) { return false; }
            to.Write(piece, 0, read);
        }
        return true;
    }

    private static int Side(uint value) => value <= int.MaxValue ? (int)value : throw MediaReader.Damaged("its size is out of bounds");

    private static void CopyChunk(MediaReader reader, Stream target, string tag, uint length)
    {
        if (!Kept.Contains(tag)) { reader.Skip((long)length + 4); return; }
        Span<byte> head = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, length);
        for (var at = 0; at < 4; at++) { head[4 + at] = (byte)tag[at]; }
        target.Write(head);
        reader.Copy(target, (long)length + 4);
    }
}
