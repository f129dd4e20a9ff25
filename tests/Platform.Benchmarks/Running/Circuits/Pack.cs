using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Running.Circuits;

/// <summary>As much of MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as the hub protocol of circuits needs.</summary>
internal static class Pack
{
    /// <summary>A message with its length before it, as SignalR frames binary messages (seven bits a byte).</summary>
    public static byte[] Frame(params object?[] message)
    {
        var body = new MemoryStream();
        Write(body, message);
        var framed = new MemoryStream();
        var length = (uint)body.Length;
        do { framed.WriteByte((byte)((length & 0x7F) | (length > 0x7F ? 0x80u : 0))); length >>= 7; } while (length > 0);
        body.WriteTo(framed);
        return framed.ToArray();
    }

    /// <summary>The messages of a piece of the stream.</summary>
    public static IEnumerable<List<object?>> Messages(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var (length, shift) = (0, 0);
            byte b;
            do { b = bytes.Span[at++]; length |= (b & 0x7F) << shift; shift += 7; } while ((b & 0x80) != 0);
            var position = 0;
            yield return (List<object?>)Read(bytes.Slice(at, length), ref position)!;
            at += length;
        }
    }

    private static void Write(MemoryStream to, object? value)
    {
        switch (value)
        {
            case null: to.WriteByte(0xC0); break;
            case bool flag: to.WriteByte(flag ? (byte)0xC3 : (byte)0xC2); break;
            case int or long: to.WriteByte(0xD3); Span<byte> eight = stackalloc byte[8]; BinaryPrimitives.WriteInt64BigEndian(eight, Convert.ToInt64(value, null)); to.Write(eight); break;
            case string text: WriteText(to, Encoding.UTF8.GetBytes(text)); break;
            case object?[] list: to.WriteByte((byte)(0x90 | list.Length)); foreach (var item in list) { Write(to, item); } break;
            case Dictionary<string, string>: to.WriteByte(0x80); break; // headers: none are sent
            default: throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void WriteText(MemoryStream to, byte[] text)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = 0xDB;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], text.Length);
        to.Write(head);
        to.Write(text);
    }

    private static object? Read(ReadOnlyMemory<byte> from, ref int at)
    {
        var kind = from.Span[at++];
        switch (kind)
        {
            case <= 0x7F: return (long)kind;
            case >= 0xE0: return (long)(sbyte)kind;
            case >= 0x80 and <= 0x8F: return ReadMap(from, kind & 0x0F, ref at);
            case >= 0x90 and <= 0x9F: return ReadList(from, kind & 0x0F, ref at);
            case >= 0xA0 and <= 0xBF: return ReadText(from, kind & 0x1F, ref at);
            case 0xC0: return null;
            case 0xC2: return false;
            case 0xC3: return true;
            case 0xC4 or 0xC5 or 0xC6: return Bytes(from, (int)Number(from, 1 << (kind - 0xC4), ref at), ref at);
            case 0xCA: at += 4; return (double)BinaryPrimitives.ReadSingleBigEndian(from.Span[(at - 4)..]);
            case 0xCB: at += 8; return BinaryPrimitives.ReadDoubleBigEndian(from.Span[(at - 8)..]);
            case >= 0xCC and <= 0xCF: return Number(from, 1 << (kind - 0xCC), ref at);
            case >= 0xD0 and <= 0xD3: return Signed(Number(from, 1 << (kind - 0xD0), ref at), 1 << (kind - 0xD0));
            case 0xD9 or 0xDA or 0xDB: return ReadText(from, (int)Number(from, 1 << (kind - 0xD9), ref at), ref at);
            case 0xDC or 0xDD: return ReadList(from, (int)Number(from, kind == 0xDC ? 2 : 4, ref at), ref at);
            case 0xDE or 0xDF: return ReadMap(from, (int)Number(from, kind == 0xDE ? 2 : 4, ref at), ref at);
            default: throw new InvalidDataException($"MessagePack kind {kind:X2}");
        }
    }

    private static long Number(ReadOnlyMemory<byte> from, int size, ref int at)
    {
        var value = 0L;
        for (var i = 0; i < size; i++) { value = (value << 8) | from.Span[at++]; }
        return value;
    }

    private static long Signed(long value, int size) => size switch { 1 => (sbyte)value, 2 => (short)value, 4 => (int)value, _ => value };

    private static byte[] Bytes(ReadOnlyMemory<byte> from, int length, ref int at) { at += length; return from.Slice(at - length, length).ToArray(); }

    private static string ReadText(ReadOnlyMemory<byte> from, int length, ref int at) { at += length; return Encoding.UTF8.GetString(from.Span.Slice(at - length, length)); }

    private static List<object?> ReadList(ReadOnlyMemory<byte> from, int count, ref int at)
    {
        var list = new List<object?>(count);
        for (var i = 0; i < count; i++) { list.Add(Read(from, ref at)); }
        return list;
    }

    private static List<object?> ReadMap(ReadOnlyMemory<byte> from, int count, ref int at) => ReadList(from, count * 2, ref at);
}
