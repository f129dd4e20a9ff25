using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Platform.Features.Media.Domain;

/// <summary>Reads a media file forwards, from a stream that buffers by itself. Running out of bytes, or anything that does not belong, is an <see cref="InvalidDataException"/>.</summary>
internal sealed class MediaReader(Stream source)
{
    /// <summary>Where it stands.</summary>
    public long Position => source.Position;

    /// <summary>How many bytes there are.</summary>
    public long Length => source.Length;

    /// <summary>True at the end.</summary>
    public bool AtEnd => source.Position >= source.Length;

    /// <summary>The next byte.</summary>
    public byte Byte() => source.ReadByte() is >= 0 and var value ? (byte)value : throw Damaged("it ends too early");

    /// <summary>The next bytes; only for short pieces.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        if (source.ReadAtLeast(bytes, count, throwOnEndOfStream: false) < count) { throw Damaged("it ends too early"); }
        return bytes;
    }

    /// <summary>The next four bytes as ASCII.</summary>
    public string Tag() => Encoding.Latin1.GetString(Bytes(4));

    /// <summary>Big-endian, two bytes.</summary>
    public int U16() => BinaryPrimitives.ReadUInt16BigEndian(Bytes(2));

    /// <summary>Big-endian, four bytes.</summary>
    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Bytes(4));

    /// <summary>Little-endian, four bytes.</summary>
    public uint U32Little() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Passes over bytes.</summary>
    public void Skip(long count)
    {
        if (count < 0 || count > Length - Position) { throw Damaged("a part is longer than the file"); }
        source.Seek(count, SeekOrigin.Current);
    }

    /// <summary>Goes to a place.</summary>
    public void Seek(long position) => source.Seek(position, SeekOrigin.Begin);

    /// <summary>Copies bytes to the target.</summary>
    public void Copy(Stream target, long count)
    {
        if (count < 0 || count > Length - Position) { throw Damaged("a part is longer than the file"); }
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(count, 1, 64 * 1024));
        try
        {
            for (var left = count; left > 0;)
            {
                var read = source.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (read == 0) { throw Damaged("it ends too early"); }
                target.Write(buffer, 0, read);
                left -= read;
            }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    /// <summary>The exception for a broken file.</summary>
    public static InvalidDataException Damaged(string why) => new(why);
}
