using System.Buffers.Binary;
using System.IO.Compression;

namespace Platform.Features.Demo.Domain;

/// <summary>A picture that the demo draws for itself: two colours flowing into each other, and a cup, a bean or the sun in front.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="AltText">What it shows.</param>
/// <param name="Shape">cup, bean or sun.</param>
/// <param name="Top">The colour at the top, 0xRRGGBB.</param>
/// <param name="Bottom">The colour at the bottom.</param>
/// <param name="Front">The colour of the shape.</param>
public sealed record DemoPicture(string FileName, string AltText, string Shape, int Top, int Bottom, int Front)
{
    private const int Width = 960;
    private const int Height = 540;

    /// <summary>The picture as a PNG.</summary>
    public byte[] Draw()
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        (header[8], header[9]) = (8, 2); // 8 bits, red green blue
        byte[] signature = [0x89, .. "PNG\r\n\x1a\n"u8];
        return [.. signature, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, Pixels()), .. Chunk("IEND"u8, [])];
    }

    private byte[] Pixels()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + Width * 3];
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++) { Put(row.AsSpan(1 + x * 3, 3), ColourAt(x, y)); }
                zip.Write(row);
            }
        }
        return packed.ToArray();
    }

    private int ColourAt(int x, int y) => IsShape((x - Width / 2) / 100.0, (y - Height / 2) / 100.0) ? Front : Mix(Top, Bottom, y * 256 / Height);

    private bool IsShape(double x, double y) => Shape switch
    {
        "cup" => IsCup(x, y),
        "bean" => x * x / 2.2 + y * y < 1.6 && Math.Abs(y - 0.35 * Math.Sin(x * 1.6)) > 0.09,
        _ => x * x + y * y < 1.1 || (x * x + y * y is > 1.7 and < 3.2 && Math.Abs(Math.Sin(Math.Atan2(y, x) * 6)) < 0.35),
    };

    private static bool IsCup(double x, double y)
    {
        var body = y is > -0.8 and < 0.9 && Math.Abs(x) < 1.2 - 0.25 * (y + 0.8) * (y + 0.8) / 2.9;
        var ring = (x - 1.25) * (x - 1.25) + y * y is > 0.13 and < 0.32 && x > 1;
        var saucer = x * x / 3.2 + (y - 1.15) * (y - 1.15) * 30 < 1;
        return body || ring || saucer;
    }

    private static int Mix(int from, int to, int share)
    {
        int One(int shift) => ((((from >> shift) & 255) * (256 - share) + ((to >> shift) & 255) * share) / 256) << shift;
        return One(16) | One(8) | One(0);
    }

    private static void Put(Span<byte> pixel, int colour) => (pixel[0], pixel[1], pixel[2]) = ((byte)(colour >> 16), (byte)(colour >> 8), (byte)colour);

    private static byte[] Chunk(ReadOnlySpan<byte> tag, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        tag.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
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
