using System.Buffers.Binary;

namespace Platform.Features.Media.Domain;

/// <summary>
/// MP4 (ISO/IEC 14496-12): boxes. Copied as it is, because its tables hold file offsets; boxes for people's data (udta, meta, uuid) become
/// empty space of the same length.
/// </summary>
internal static class Mp4Format
{
    private static readonly HashSet<string> TopLevel = ["ftyp", "moov", "mdat", "free", "skip", "wide", "styp", "sidx", "moof", "mfra", "ssix", "prft", "emsg", "pdin", "udta", "meta", "uuid"];
    private static readonly HashSet<string> Containers = ["moov", "trak", "mdia"];
    private static readonly HashSet<string> Private = ["udta", "meta", "uuid"];

    public static CleanMedia Clean(MediaReader reader, Stream target)
    {
        var film = new Film();
        reader.Seek(0);
        Walk(reader, target, reader.Length, film, depth: 0);
        if (!film.HasMovie || !film.HasData) { throw MediaReader.Damaged("it holds no film"); }
        return new(MediaType.Mp4, film.Width, film.Height, film.Seconds);
    }

    private static void Walk(MediaReader reader, Stream target, long end, Film film, int depth)
    {
        while (reader.Position < end)
        {
            var start = reader.Position;
            long length = reader.U32();
            var tag = reader.Tag();
            var head = 8;
            if (length == 1) { length = (long)BinaryPrimitives.ReadUInt64BigEndian(reader.Bytes(8)); head = 16; }
            if (length == 0 && depth == 0) { length = end - start; }
            if (length < head || length > end - start) { throw MediaReader.Damaged("a part is longer than what holds it"); }
            if (depth == 0 && !TopLevel.Contains(tag)) { throw MediaReader.Damaged("it holds a part that no film has"); }
            reader.Seek(start);
            CopyBox(reader, target, new(tag, start, head, length, depth), film);
        }
    }

    private static void CopyBox(MediaReader reader, Stream target, Box box, Film film)
    {
        film.HasMovie |= box.Tag == "moov";
        film.HasData |= box.Tag is "mdat" or "moof";
        if (Private.Contains(box.Tag)) { Blank(reader, target, box); return; }
        if (Containers.Contains(box.Tag) && box.Depth < 4)
        {
            reader.Copy(target, box.Head);
            Walk(reader, target, box.Start + box.Length, film, box.Depth + 1);
            return;
        }
        if (box.Tag is "tkhd" or "mvhd" && box.Length - box.Head is >= 24 and <= 256) { film.Read(box.Tag, PeekBody(reader, box)); }
        reader.Copy(target, box.Length);
    }

    private static byte[] PeekBody(MediaReader reader, Box box)
    {
        reader.Skip(box.Head);
        var body = reader.Bytes((int)(box.Length - box.Head));
        reader.Seek(box.Start);
        return body;
    }

    private static void Blank(MediaReader reader, Stream target, Box box)
    {
        target.Write(reader.Bytes(4));
        target.Write("free"u8);
        reader.Skip(4);
        if (box.Head == 16) { target.Write(reader.Bytes(8)); }
        var left = box.Length - box.Head;
        reader.Skip(left);
        for (var zeros = new byte[4096]; left > 0; left -= Math.Min(left, zeros.Length)) { target.Write(zeros, 0, (int)Math.Min(left, zeros.Length)); }
    }

    private sealed record Box(string Tag, long Start, int Head, long Length, int Depth);

    private sealed class Film
    {
        public bool HasMovie { get; set; }

        public bool HasData { get; set; }

        public int Width { get; private set; }

        public int Height { get; private set; }

        public double Seconds { get; private set; }

        public void Read(string tag, byte[] body)
        {
            if (tag == "mvhd") { ReadLength(body); return; }
            // Width and height are the last two fields, 16.16 fixed point; sound tracks have none.
            var (width, height) = (U32(body, body.Length - 8) >> 16, U32(body, body.Length - 4) >> 16);
            if ((long)width * height > (long)Width * Height) { (Width, Height) = ((int)width, (int)height); }
        }

        private void ReadLength(byte[] body)
        {
            var wide = body[0] == 1;
            if (wide && body.Length < 32) { throw MediaReader.Damaged("its header is too short"); }
            var scale = U32(body, wide ? 20 : 12);
            var length = wide ? BinaryPrimitives.ReadUInt64BigEndian(body.AsSpan(24)) : U32(body, 16);
            Seconds = scale == 0 ? 0 : (double)length / scale;
        }

        private static uint U32(byte[] body, int at) => BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at));
    }
}
