using System.Buffers.Binary;
using System.Text;

namespace Platform.Features.Media.Domain;

/// <summary>WebP (RFC 9649): a RIFF of chunks. EXIF, XMP and unknown chunks are left out, and the header's flags and lengths say so.</summary>
internal static class WebpFormat
{
    private const byte ExifAndXmpFlags = 0x08 | 0x04;
    private static readonly HashSet<string> Kept = ["VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"];

    public static CleanMedia Clean(MediaReader reader, Stream target)
    {
        reader.Skip(4);
        var end = 8L + reader.U32Little();
        if (end > reader.Length) { throw MediaReader.Damaged("it ends too early"); }
        reader.Skip(4);
        target.Write("RIFF\0\0\0\0WEBP"u8);
        CleanMedia? media = null;
        var hasPixels = false;
        while (reader.Position + 8 <= end)
        {
            var tag = reader.Tag();
            var length = reader.U32Little();
            media ??= Size(reader, tag);
            hasPixels |= tag is "VP8 " or "VP8L" or "ANMF";
            media = About(media!, tag, reader, length);
            CopyChunk(reader, target, tag, length);
        }
        if (media is null || !hasPixels) { throw MediaReader.Damaged("it holds no picture"); }
        MediaCleaner.RefuseForeignTail(reader);
        WriteLength(target);
        return media;
    }

    private static CleanMedia About(CleanMedia media, string tag, MediaReader reader, uint length)
    {
        if (tag == "VP8L") { return media with { Lossless = true }; }
        if (tag is "ANIM" or "ANMF") { return media with { Moves = true }; }
        if (tag != "ICCP" || length > MediaCleaner.LongestProfile) { return media; }
        var start = reader.Position;
        var profile = reader.Bytes((int)length);
        reader.Seek(start);
        return media with { Profile = profile };
    }

    private static void CopyChunk(MediaReader reader, Stream target, string tag, uint length)
    {
        var padded = length + (length & 1L);
        if (!Kept.Contains(tag)) { reader.Skip(Math.Min(padded, reader.Length - reader.Position)); return; }
        Span<byte> head = stackalloc byte[8];
        Encoding.Latin1.GetBytes(tag, head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], length);
        target.Write(head);
        if (tag == "VP8X")
        {
            target.WriteByte((byte)(reader.Byte() & ~ExifAndXmpFlags));
            padded--;
        }
        reader.Copy(target, padded);
    }

    private static CleanMedia? Size(MediaReader reader, string tag)
    {
        var start = reader.Position;
        var size = tag switch
        {
            "VP8X" => Extended(reader.Bytes(10)),
            "VP8L" => Lossless(reader.Bytes(5)),
            "VP8 " => Lossy(reader.Bytes(10)),
            _ => throw MediaReader.Damaged("its header is not where it should be"),
        };
        reader.Seek(start);
        return new(MediaType.Webp, size.Width, size.Height);
    }

    private static (int Width, int Height) Extended(byte[] data) =>
        (1 + (data[4] | (data[5] << 8) | (data[6] << 16)), 1 + (data[7] | (data[8] << 8) | (data[9] << 16)));

    private static (int Width, int Height) Lossless(byte[] data)
    {
        if (data[0] != 0x2F) { throw MediaReader.Damaged("its picture has no signature"); }
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(1));
        return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
    }

    private static (int Width, int Height) Lossy(byte[] data)
    {
        if (data is not [_, _, _, 0x9D, 0x01, 0x2A, ..]) { throw MediaReader.Damaged("its picture has no signature"); }
        return ((data[6] | (data[7] << 8)) & 0x3FFF, (data[8] | (data[9] << 8)) & 0x3FFF);
    }

    private static void WriteLength(Stream target)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)(target.Position - 8));
        var end = target.Position;
        target.Position = 4;
        target.Write(length);
        target.Position = end;
    }
}
