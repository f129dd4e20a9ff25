using System.Buffers.Binary;
using System.Text;

namespace Platform.Features.Media.Domain;

/// <summary>
/// JPEG (ITU T.81): segments and scans. EXIF, XMP, IPTC, comments and embedded second pictures are left out; of the EXIF only the camera's turn
/// is kept, in a segment of our own, because without it pictures lie on their side.
/// </summary>
internal static class JpegFormat
{
    public static CleanMedia Clean(MediaReader reader, Stream target)
    {
        target.Write(reader.Bytes(2));
        var picture = new Picture();
        while (true)
        {
            var marker = NextMarker(reader);
            if (marker == 0xD9) { return End(reader, target, picture); }
            CopySegment(reader, target, marker, picture);
        }
    }

    private static CleanMedia End(MediaReader reader, Stream target, Picture picture)
    {
        if (!picture.HasScan || picture.Width == 0) { throw MediaReader.Damaged("it holds no picture"); }
        target.Write([0xFF, 0xD9]);
        MediaCleaner.RefuseForeignTail(reader);
        var (width, height) = picture.Turn >= 5 ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        return new(MediaType.Jpeg, width, height) { Turn = Math.Max(1, picture.Turn), Profile = picture.Profile };
    }

    private static byte NextMarker(MediaReader reader)
    {
        if (reader.Byte() != 0xFF) { throw MediaReader.Damaged("a segment does not begin where it should"); }
        byte marker;
        do { marker = reader.Byte(); } while (marker == 0xFF);
        return marker is 0 or (>= 0xD0 and <= 0xD8) ? throw MediaReader.Damaged("a segment is of no known kind") : marker;
    }

    private static void CopySegment(MediaReader reader, Stream target, byte marker, Picture picture)
    {
        var length = reader.U16();
        if (length < 2) { throw MediaReader.Damaged("a segment has no length"); }
        var data = reader.Bytes(length - 2);
        if (marker == 0xE1 && OrientationOf(data) is var turn and > 1 && picture.Turn == 0)
        {
            picture.Turn = turn;
            target.Write(TurnSegment(turn));
        }
        if (!IsKept(marker, data)) { return; }
        if (IsFrame(marker)) { picture.Read(data); }
        if (marker == 0xE2) { picture.AddProfile(data); }
        target.Write([0xFF, marker, (byte)(length >> 8), (byte)length]);
        target.Write(data);
        if (marker == 0xDA) { CopyScan(reader, target, picture); }
    }

    /// <summary>JFIF, colour profile and Adobe's transform stay; every other APPn and the comments go.</summary>
    private static bool IsKept(byte marker, byte[] data) => marker switch
    {
        0xE0 => StartsWith(data, "JFIF\0"),
        0xE2 => StartsWith(data, "ICC_PROFILE\0"),
        0xEE => StartsWith(data, "Adobe"),
        >= 0xE0 and <= 0xEF or 0xFE => false,
        _ => true,
    };

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static void CopyScan(MediaReader reader, Stream target, Picture picture)
    {
        picture.HasScan = true;
        while (true)
        {
            var value = reader.Byte();
            if (value == 0xFF)
            {
                var next = reader.Byte();
                while (next == 0xFF) { next = reader.Byte(); }
                if (next is not (0 or (>= 0xD0 and <= 0xD7))) { reader.Seek(reader.Position - 2); return; }
                target.WriteByte(0xFF);
                value = next;
            }
            target.WriteByte(value);
        }
    }

    private static int OrientationOf(byte[] data)
    {
        if (!StartsWith(data, "Exif\0\0") || data.Length < 14) { return 0; }
        var tiff = data.AsSpan(6);
        var little = tiff[0] == 'I';
        var first = U32(tiff[4..], little);
        if (first > tiff.Length - 2) { return 0; }
        var entries = U16(tiff[(int)first..], little);
        for (var at = (int)first + 2; entries-- > 0 && at + 12 <= tiff.Length; at += 12)
        {
            if (U16(tiff[at..], little) == 0x0112) { return U16(tiff[(at + 8)..], little) is >= 1 and <= 8 and var turn ? turn : 0; }
        }
        return 0;
    }

    private static byte[] TurnSegment(int turn) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turn, 0, 0, 0, 0, 0, 0,
    ];

    private static int U16(ReadOnlySpan<byte> data, bool little) => little ? BinaryPrimitives.ReadUInt16LittleEndian(data) : BinaryPrimitives.ReadUInt16BigEndian(data);

    private static uint U32(ReadOnlySpan<byte> data, bool little) => little ? BinaryPrimitives.ReadUInt32LittleEndian(data) : BinaryPrimitives.ReadUInt32BigEndian(data);

    private static bool StartsWith(byte[] data, string text) => data.AsSpan().StartsWith(Encoding.Latin1.GetBytes(text));

    private sealed class Picture
    {
        public int Width { get; private set; }

        public int Height { get; private set; }

        public int Turn { get; set; }

        public bool HasScan { get; set; }

        public byte[]? Profile { get; private set; }

        /// <summary>A profile longer than a segment comes in pieces, in order: the tag, its number, how many, bytes.</summary>
        public void AddProfile(byte[] segment)
        {
            if (segment.Length > 14 && (Profile?.Length ?? 0) + segment.Length <= MediaCleaner.LongestProfile) { Profile = [.. Profile ?? [], .. segment.AsSpan(14)]; }
        }

        public void Read(byte[] frame)
        {
            if (frame.Length < 6) { throw MediaReader.Damaged("its header is too short"); }
            Height = (frame[1] << 8) | frame[2];
            Width = (frame[3] << 8) | frame[4];
        }
    }
}
