using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Platform.Storage.Mongo.Bson;

/// <summary>Writes BSON into a growing buffer.</summary>
internal sealed class BsonWriter
{
    private static readonly long UnixEpochTicks = DateTimeOffset.UnixEpoch.UtcTicks;
    private byte[] _bytes = new byte[512];
    private int _length;

    /// <summary>Instants are left out, for the hash of a query: they move with the clock.</summary>
    public bool BlanksInstants { get; init; }

    public int Length => _length;

    public byte[] ToArray() => _bytes[.._length];

    public ReadOnlySpan<byte> From(int start) => _bytes.AsSpan(start, _length - start);

    /// <summary>A whole document.</summary>
    public BsonWriter Map(BsonMap map)
    {
        var at = Begin();
        foreach (var (name, value) in map) { Element(name, value); }
        End(at);
        return this;
    }

    /// <summary>Begins a document or an array; <see cref="End"/> takes what this returns.</summary>
    public int Begin()
    {
        var at = _length;
        Room(4);
        _length += 4;
        return at;
    }

    public void End(int at)
    {
        Byte(0);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(at), _length - at);
    }

    /// <summary>The type and the name of an element; its value comes next.</summary>
    public void Head(byte type, string name)
    {
        Byte(type);
        Room(Encoding.UTF8.GetMaxByteCount(name.Length) + 1);
        _length += Encoding.UTF8.GetBytes(name, _bytes.AsSpan(_length));
        Byte(0);
    }

    public void Int32(int value)
    {
        Room(4);
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), value);
        _length += 4;
    }

    public void Int64(long value)
    {
        Room(8);
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += 8;
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    public void Byte(byte value)
    {
        Room(1);
        _bytes[_length++] = value;
    }

    public void Text(ReadOnlySpan<char> value)
    {
        Room(Encoding.UTF8.GetMaxByteCount(value.Length) + 5);
        var count = Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_length + 4));
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(_length), count + 1);
        _length += 4 + count;
        Byte(0);
    }

    /// <summary>An instant in its two parts.</summary>
    public void Instant(long ticks)
    {
        var (since, at) = (ticks - UnixEpochTicks, Begin());
        var left = (int)(((since % TimeSpan.TicksPerMillisecond) + TimeSpan.TicksPerMillisecond) % TimeSpan.TicksPerMillisecond);
        Head(BsonType.Date, BsonType.InstantDate);
        Int64((since - left) / TimeSpan.TicksPerMillisecond);
        Head(BsonType.Int32, BsonType.InstantTicks);
        Int32(left);
        End(at);
    }

    public void Decimal(decimal value)
    {
        var (low, high) = BsonDecimal.Write(value);
        Int64((long)low);
        Int64((long)high);
    }

    public void Element(string name, object? value)
    {
        switch (value)
        {
            case null: Head(BsonType.Null, name); break;
            case bool flag: Head(BsonType.Flag, name); Byte(flag ? (byte)1 : (byte)0); break;
            case int number: Head(BsonType.Int32, name); Int32(number); break;
            case long number: Head(BsonType.Int64, name); Int64(number); break;
            case double number: Head(BsonType.Double, name); Double(number); break;
            case decimal number: Head(BsonType.Decimal, name); Decimal(number); break;
            case string text: Head(BsonType.Text, name); Text(text); break;
            case DateTimeOffset instant: Head(BsonType.Map, name); Instant(BlanksInstants ? 0 : instant.UtcTicks); break;
            case BsonMap map: Head(BsonType.Map, name); Map(map); break;
            case BsonList list: Head(BsonType.List, name); List(list); break;
            case BsonRaw raw: Head(raw.Type, name); Raw(raw.Payload); break;
            default: throw new NotSupportedException($"BSON of type {value.GetType().Name}");
        }
    }

    private void List(BsonList list)
    {
        var at = Begin();
        for (var i = 0; i < list.Count; i++) { Element(i.ToString(CultureInfo.InvariantCulture), list[i]); }
        End(at);
    }

    private void Raw(ReadOnlySpan<byte> payload)
    {
        Room(payload.Length);
        payload.CopyTo(_bytes.AsSpan(_length));
        _length += payload.Length;
    }

    private void Room(int count)
    {
        if (_length + count > _bytes.Length) { Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count)); }
    }
}
