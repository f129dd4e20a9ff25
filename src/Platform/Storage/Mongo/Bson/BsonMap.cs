using System.Collections;

namespace Platform.Storage.Mongo.Bson;

/// <summary>
/// A BSON document in the making, or one that was read: names and values in order. Values are null, bool, int, long, double, decimal,
/// string, <see cref="DateTimeOffset"/>, <see cref="BsonMap"/>, <see cref="BsonList"/> and <see cref="BsonRaw"/>.
/// </summary>
internal sealed class BsonMap : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly List<KeyValuePair<string, object?>> _entries = [];

    public BsonMap() { }

    public BsonMap(string name, object? value) => Add(name, value);

    public int Count => _entries.Count;

    /// <summary>The value of a name; null where it is not there.</summary>
    public object? this[string name] => _entries.Find(e => e.Key == name).Value;

    public BsonMap Add(string name, object? value) { _entries.Add(new(name, value)); return this; }

    public bool Has(string name) => _entries.Exists(e => e.Key == name);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The bytes.</summary>
    public byte[] ToBytes() => new BsonWriter().Map(this).ToArray();
}

/// <summary>A BSON array.</summary>
internal sealed class BsonList : List<object?>
{
    public BsonList() { }

    public BsonList(IEnumerable<object?> items) : base(items) { }

    /// <summary>A list of these.</summary>
    public static BsonList Of(params object?[] items) => new(items);
}

/// <summary>A value that is BSON already.</summary>
internal sealed record BsonRaw(byte Type, byte[] Payload);

/// <summary>The types of BSON that we write and read. Source: bsonspec.org, version 1.1.</summary>
internal static class BsonType
{
    public const byte Double = 0x01, Text = 0x02, Map = 0x03, List = 0x04, ObjectId = 0x07, Flag = 0x08, Date = 0x09, Null = 0x0A, Int32 = 0x10, Timestamp = 0x11, Int64 = 0x12, Decimal = 0x13;

    /// <summary>
    /// The two parts of a stored instant: <c>{ d: date, t: ticks }</c>. A BSON date counts milliseconds and ours count ticks of 100 ns; what is
    /// left over stands beside, so that nothing is lost and the documents compare, sort and index as the instants do.
    /// </summary>
    public const string InstantDate = "d", InstantTicks = "t";
}
