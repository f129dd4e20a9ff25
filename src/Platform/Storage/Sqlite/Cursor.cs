using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Storage.Sqlite;

/// <summary>Where a page ended: the sort keys and the id of its last record, bound to the query that made it. Opaque text for the caller.</summary>
internal static class Cursor
{
    private const int HashLength = 8;

    /// <summary>What makes a query the same query: its conditions, its values but for instants (which move with the clock), its order.</summary>
    public static byte[] HashOf(string order, SqlText conditions)
    {
        var values = conditions.Values.Where((_, at) => !conditions.Instants.Contains(at));
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{conditions}\n{order}\n{JsonSerializer.Serialize(values)}"))[..HashLength];
    }

    public static string Write(byte[] hash, IReadOnlyList<object?> keys) => Base64Url.EncodeToString([.. hash, .. JsonSerializer.SerializeToUtf8Bytes(keys, StoredJson.Options)]);

    public static IReadOnlyList<object?> Read(string cursor, byte[] hash, int count)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(cursor);
            if (bytes.Length <= HashLength || !bytes.AsSpan(0, HashLength).SequenceEqual(hash)) { throw new InvalidCursorException(); }
            var keys = JsonSerializer.Deserialize<JsonElement[]>(bytes.AsSpan(HashLength));
            return keys?.Length == count ? [.. keys.Select(Column)] : throw new InvalidCursorException();
        }
        catch (Exception exception) when (exception is FormatException or JsonException) { throw new InvalidCursorException("the cursor does not belong to this list", exception); }
    }

    private static object? Column(JsonElement key) => key.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => key.GetString(),
        JsonValueKind.Number when key.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => key.GetDouble(),
        _ => throw new InvalidCursorException(),
    };
}
