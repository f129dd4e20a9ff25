using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>Where a page ended: the sort keys and the id of its last record, bound to the query that made it. Opaque text for the caller.</summary>
internal static class Cursor
{
    private const int HashLength = 8;

    /// <summary>What makes a query the same query: its conditions, its values but for instants (which move with the clock), its order.</summary>
    public static byte[] HashOf(Shelf shelf, BsonMap where, BsonMap sort) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(shelf.Name + "\n"), .. new BsonWriter { BlanksInstants = true }.Map(where).Map(sort).ToArray()])[..HashLength];

    public static string Write(byte[] hash, BsonList keys) => Base64Url.EncodeToString([.. hash, .. new BsonMap("k", keys).ToBytes()]);

    public static BsonList Read(string cursor, byte[] hash, int count)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length <= HashLength || !bytes.AsSpan(0, HashLength).SequenceEqual(hash)) { throw new InvalidCursorException(); }
            // The values come from outside: only plain ones are taken, so that none can be an operator.
            var keys = BsonReader.Read(bytes.AsSpan(HashLength))["k"] as BsonList;
            return keys?.Count == count && keys.TrueForAll(IsPlain) ? keys : throw new InvalidCursorException();
        }
        catch (Exception failure) when (failure is FormatException or InvalidDataException or ArgumentException or IndexOutOfRangeException) { throw new InvalidCursorException("the cursor does not belong to this list", failure); }
    }

    private static bool IsPlain(object? key) => key is null or string or bool or int or long or double or decimal or DateTimeOffset;
}
