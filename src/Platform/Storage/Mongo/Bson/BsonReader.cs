using System.Buffers.Binary;
using System.Text;

namespace Platform.Storage.Mongo.Bson;

/// <summary>Walks over the elements of a document. Every length is checked: what comes from outside (cursors) may be anything.</summary>
internal ref struct BsonReader
{
    private static readonly long UnixEpochTicks = DateTimeOffset.UnixEpoch.UtcTicks;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;

    public BsonReader(ReadOnlySpan<byte> document)
    {
        if (document.Length < 5 || BinaryPrimitives.ReadInt32LittleEndian(document) != document.Length || document[^1] != 0) { throw new InvalidDataException("no BSON document"); }
        _bytes = document;
        _at = 4;
    }

    /// <summary>The current element's type.</summary>
    public byte Type { get; private set; }

    /// <summary>The current element's name.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The current element's value, as bytes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The whole document as a map.</summary>
    public static BsonMap Read(ReadOnlySpan<byte> document)
    {
        var map = new BsonMap();
        var reader = new BsonReader(document);
        while (reader.Next()) { map.Add(Encoding.UTF8.GetString(reader.Name), reader.Object()); }
        return map;
    }

    /// <summary>Goes to the next element.</summary>
    public bool Next()
    {
        Type = _bytes[_at++];
        if (Type == 0) { return _at == _bytes.Length ? false : throw new InvalidDataException("BSON goes on after its end"); }
        var end = _bytes[_at..].IndexOf((byte)0);
        if (end < 0) { throw new InvalidDataException("a name in BSON has no end"); }
        Name = _bytes.Slice(_at, end);
        _at += end + 1;
        var length = Length();
        if (length < 0 || length >= _bytes.Length - _at) { throw new InvalidDataException("a value in BSON is longer than its document"); }
        Value = _bytes.Slice(_at, length);
        _at += length;
        return true;
    }

    public readonly int Int32 => BinaryPrimitives.ReadInt32LittleEndian(Value);

    public readonly long Int64 => BinaryPrimitives.ReadInt64LittleEndian(Value);

    public readonly double Double => BinaryPrimitives.ReadDoubleLittleEndian(Value);

    public readonly decimal Decimal => BsonDecimal.Read(BinaryPrimitives.ReadUInt64LittleEndian(Value), BinaryPrimitives.ReadUInt64LittleEndian(Value[8..]));

    /// <summary>Text as UTF-8.</summary>
    public readonly ReadOnlySpan<byte> Utf8 => Value[4..^1];

    /// <summary>The instant that the current element is, in ticks; null where it is another document.</summary>
    public readonly long? InstantTicks()
    {
        if (Type != BsonType.Map || Value.Length < 5 || Value[4] != BsonType.Date) { return null; }
        var reader = new BsonReader(Value);
        var ticks = UnixEpochTicks;
        while (reader.Next()) { ticks += reader.Type == BsonType.Date ? reader.Int64 * TimeSpan.TicksPerMillisecond : reader.Int32; }
        return ticks;
    }

    /// <summary>The value as an object of those that <see cref="BsonMap"/> holds.</summary>
    public readonly object? Object() => Type switch
    {
        BsonType.Null => null,
        BsonType.Flag => Value[0] != 0,
        BsonType.Int32 => Int32,
        BsonType.Int64 or BsonType.Date => Int64,
        BsonType.Double => Double,
        BsonType.Decimal => Decimal,
        BsonType.Text => Encoding.UTF8.GetString(Utf8),
        BsonType.Map when InstantTicks() is { } ticks => new DateTimeOffset(ticks, TimeSpan.Zero),
        BsonType.Map => Read(Value),
        BsonType.List => new BsonList(Read(Value).Select(e => e.Value)),
        _ => new BsonRaw(Type, Value.ToArray()),
    };

    private readonly int Length() => Type switch
    {
        BsonType.Null => 0,
        BsonType.Flag => 1,
        BsonType.Int32 => 4,
        BsonType.Int64 or BsonType.Date or BsonType.Double or BsonType.Timestamp => 8,
        BsonType.ObjectId => 12,
        BsonType.Decimal => 16,
        BsonType.Text => Sized(4, 1),
        BsonType.Map or BsonType.List => Sized(0, 5),
        0x05 => Sized(5, 0),
        _ => throw new InvalidDataException($"BSON type {Type:x2} is not one that we store"),
    };

    private readonly int Sized(int more, int least)
    {
        if (_bytes.Length - _at < 4) { throw new InvalidDataException("BSON ends inside a length"); }
        var said = BinaryPrimitives.ReadInt32LittleEndian(_bytes[_at..]);
        return said >= least && said < _bytes.Length ? said + more : throw new InvalidDataException("a length in BSON cannot be");
    }
}
