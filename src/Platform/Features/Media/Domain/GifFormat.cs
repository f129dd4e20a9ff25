using System.Text;

namespace Platform.Features.Media.Domain;

/// <summary>GIF (GIF89a specification): a screen, then blocks. Comments, plain texts and applications other than the loop counter are left out.</summary>
internal static class GifFormat
{
    public static CleanMedia Clean(MediaReader reader, Stream target)
    {
        target.Write(reader.Bytes(6));
        var screen = reader.Bytes(7);
        target.Write(screen);
        CopyColours(reader, target, screen[4]);
        for (var frames = 0; ;)
        {
            switch (reader.Byte())
            {
                case 0x21: CopyExtension(reader, target); break;
                case 0x2C: CopyFrame(reader, target); frames++; break;
                case 0x3B when frames > 0:
                    target.WriteByte(0x3B);
                    MediaCleaner.RefuseForeignTail(reader);
                    return new(MediaType.Gif, screen[0] | (screen[1] << 8), screen[2] | (screen[3] << 8)) { Moves = frames > 1 };
                default: throw MediaReader.Damaged("it holds a block that no GIF has");
            }
        }
    }

    private static void CopyColours(MediaReader reader, Stream target, byte flags)
    {
        if ((flags & 0x80) != 0) { reader.Copy(target, 3L << ((flags & 7) + 1)); }
    }

    private static void CopyFrame(MediaReader reader, Stream target)
    {
        target.WriteByte(0x2C);
        var frame = reader.Bytes(9);
        target.Write(frame);
        CopyColours(reader, target, frame[8]);
        target.WriteByte(reader.Byte());
        CopyBlocks(reader, target);
    }

    private static void CopyExtension(MediaReader reader, Stream target)
    {
        var label = reader.Byte();
        var first = reader.Bytes(reader.Byte());
        var keep = label == 0xF9 || (label == 0xFF && Encoding.Latin1.GetString(first) is "NETSCAPE2.0" or "ANIMEXTS1.0");
        if (keep)
        {
            target.Write([0x21, label, (byte)first.Length]);
            target.Write(first);
        }
        if (first.Length == 0) { return; }
        CopyBlocks(reader, keep ? target : Stream.Null);
    }

    private static void CopyBlocks(MediaReader reader, Stream target)
    {
        while (true)
        {
            var length = reader.Byte();
            target.WriteByte(length);
            if (length == 0) { return; }
            reader.Copy(target, length);
        }
    }
}
