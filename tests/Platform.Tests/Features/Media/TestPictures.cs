using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Platform.Tests.Features.Media;

/// <summary>Small real media files, built by hand so that each test knows every byte.</summary>
internal static class TestPictures
{
    /// <summary>What must never survive.</summary>
    public const string Canary = "52.5200N,13.4050E-canary";

    /// <summary>A grey PNG; with extra chunks after the header.</summary>
    public static byte[] Png(int width = 3, int height = 2, params (string Tag, byte[] Data)[] extra)
    {
        using var pixels = new MemoryStream();
        using (var zip = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var row = 0; row < height; row++) { zip.WriteByte(0); zip.Write(Enumerable.Repeat((byte)128, width).ToArray()); }
        }
        return PngOf(width, height, [.. extra, ("IDAT", pixels.ToArray())]);
    }

    /// <summary>A PNG of these chunks.</summary>
    public static byte[] PngOf(long width, long height, params (string Tag, byte[] Data)[] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)height);
        header[8] = 8;
        byte[] signature = [0x89, .. "PNG\r\n\x1a\n"u8];
        return [.. signature, .. Chunk("IHDR", header), .. chunks.SelectMany(c => Chunk(c.Tag, c.Data)), .. Chunk("IEND", [])];
    }

    /// <summary>A JPEG whose EXIF holds a place and a turn of 90 degrees, with a comment.</summary>
    public static byte[] Jpeg(int width = 40, int height = 30, byte turn = 6)
    {
        byte[] exif = [.. "Exif\0\0II*\0\x08\0\0\0\x01\0"u8, 0x12, 0x01, 3, 0, 1, 0, 0, 0, turn, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(Canary)];
        byte[] frame = [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0];
        return
        [
            0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, exif), .. Segment(0xFE, Encoding.ASCII.GetBytes(Canary)),
            .. Segment(0xED, [.. "Photoshop 3.0\0"u8, .. Encoding.ASCII.GetBytes(Canary)]), .. Segment(0xC0, frame), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x11, 0xFF, 0x00, 0x22, 0xFF, 0xD0, 0x33, 0xFF, 0xD9,
        ];
    }

    /// <summary>A GIF of one frame with a comment and a foreign application block.</summary>
    public static byte[] Gif(int width = 5, int height = 4) =>
    [
        .. "GIF89a"u8, (byte)width, 0, (byte)height, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255,
        0x21, 0xFE, (byte)Canary.Length, .. Encoding.ASCII.GetBytes(Canary), 0,
        0x21, 0xFF, 11, .. "XMP DataXMP"u8, (byte)Canary.Length, .. Encoding.ASCII.GetBytes(Canary), 0,
        0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0,
        0x2C, 0, 0, 0, 0, (byte)width, 0, (byte)height, 0, 0, 2, 2, 0x4C, 0x01, 0, 0x3B,
    ];

    /// <summary>A WebP with EXIF and XMP.</summary>
    public static byte[] Webp(int width = 16, int height = 8)
    {
        byte[] extended = [0x08 | 0x04, 0, 0, 0, (byte)(width - 1), 0, 0, (byte)(height - 1), 0, 0];
        byte[] pixels = [0x2F, (byte)(width - 1), (byte)((height - 1) << 6), (byte)((height - 1) >> 2), 0, 9];
        byte[] chunks = [.. RiffChunk("VP8X", extended), .. RiffChunk("VP8L", pixels), .. RiffChunk("EXIF", Encoding.ASCII.GetBytes(Canary)), .. RiffChunk("XMP ", Encoding.ASCII.GetBytes(Canary))];
        return [.. "RIFF"u8, .. Little(chunks.Length + 4), .. "WEBP"u8, .. chunks];
    }

    /// <summary>An MP4 with a place in its user data.</summary>
    public static byte[] Mp4(int width = 320, int height = 240)
    {
        byte[] movieHead = [.. new byte[12], .. Big(1000), .. Big(2500), .. new byte[80]];
        byte[] trackHead = [.. new byte[76], .. Big(width << 16), .. Big(height << 16)];
        byte[] place = Encoding.ASCII.GetBytes(Canary);
        return
        [
            .. Box("ftyp", [.. "isom"u8, 0, 0, 2, 0, .. "isommp41"u8]),
            .. Box("moov", [.. Box("mvhd", movieHead), .. Box("trak", [.. Box("tkhd", trackHead), .. Box("udta", place)]), .. Box("udta", place)]),
            .. Box("mdat", [1, 2, 3, 4, 5]),
        ];
    }

    private static byte[] Chunk(string tag, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(tag), .. data];
        return [.. Big(data.Length), .. body, .. Big((int)Crc(body))];
    }

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    private static byte[] RiffChunk(string tag, byte[] data) => [.. Encoding.ASCII.GetBytes(tag), .. Little(data.Length), .. data, .. data.Length % 2 == 1 ? new byte[1] : []];

    private static byte[] Box(string tag, byte[] data) => [.. Big(data.Length + 8), .. Encoding.ASCII.GetBytes(tag), .. data];

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Little(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) { crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320; }
        }
        return ~crc;
    }
}
