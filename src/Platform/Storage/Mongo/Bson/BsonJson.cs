using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Platform.Storage.Mongo.Bson;

/// <summary>
/// Turns the serializer's JSON into BSON and back. Two things JSON cannot say are marked by <see cref="StoredBson"/>: an instant is
/// <c>{"$d": ticks}</c>, a decimal <c>{"$n": "12.50"}</c>. A document's <c>id</c> is <c>_id</c>. Names that MongoDB keeps for itself are escaped.
/// </summary>
internal static class BsonJson
{
    public const string InstantMark = "$d", DecimalMark = "$n";
    private static readonly SearchValues<char> Reserved = SearchValues.Create(".%\0");

    /// <summary>A whole record.</summary>
    public static byte[] ToBson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var writer = new BsonWriter();
        reader.Read();
        Members(writer, ref reader, root: true);
        return writer.ToArray();
    }

    /// <summary>Any value.</summary>
    public static BsonRaw ToValue(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var writer = new BsonWriter();
        reader.Read();
        Element(writer, "", ref reader);
        return new BsonRaw(writer.From(0)[0], writer.From(2).ToArray());
    }

    /// <summary>A stored record, for the serializer.</summary>
    public static ReadOnlySpan<byte> ToJson(ReadOnlySpan<byte> bson)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(256, bson.Length * 2));
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true })) { WriteMap(writer, new BsonReader(bson), root: true); }
        return buffer.WrittenSpan;
    }

    /// <summary>A member's name as MongoDB takes it.</summary>
    public static string Escape(string name)
    {
        if (name.Length == 0) { return "%"; }
        if (name[0] != '$' && !name.AsSpan().ContainsAny(Reserved)) { return name; }
        var text = name.Replace("%", "%25", StringComparison.Ordinal).Replace(".", "%2E", StringComparison.Ordinal).Replace("\0", "%00", StringComparison.Ordinal);
        return text[0] == '$' ? "%24" + text[1..] : text;
    }

    private static string Unescape(string name) => name == "%" ? "" : name.Replace("%2E", ".", StringComparison.Ordinal)
        .Replace("%00", "\0", StringComparison.Ordinal).Replace("%24", "$", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);

    private static void Members(BsonWriter writer, ref Utf8JsonReader reader, bool root = false)
    {
        var at = writer.Begin();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            Element(writer, root && name == "id" ? "_id" : Escape(name), ref reader);
        }
        writer.End(at);
    }

    private static void Items(BsonWriter writer, ref Utf8JsonReader reader)
    {
        var at = writer.Begin();
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++) { Element(writer, i.ToString(CultureInfo.InvariantCulture), ref reader); }
        writer.End(at);
    }

    private static void Element(BsonWriter writer, string name, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: writer.Head(BsonType.Null, name); break;
            case JsonTokenType.True or JsonTokenType.False: writer.Head(BsonType.Flag, name); writer.Byte(reader.GetBoolean() ? (byte)1 : (byte)0); break;
            case JsonTokenType.String: writer.Head(BsonType.Text, name); writer.Text(reader.GetString()); break;
            case JsonTokenType.Number: Number(writer, name, ref reader); break;
            case JsonTokenType.StartArray: writer.Head(BsonType.List, name); Items(writer, ref reader); break;
            case JsonTokenType.StartObject when Marked(writer, name, ref reader): break;
            case JsonTokenType.StartObject: writer.Head(BsonType.Map, name); Members(writer, ref reader); break;
            default: throw new JsonException($"a record holds {reader.TokenType}");
        }
    }

    private static void Number(BsonWriter writer, string name, ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var whole) && !(whole == 0 && reader.ValueSpan[0] == '-')) { writer.Head(BsonType.Int64, name); writer.Int64(whole); return; }
        writer.Head(BsonType.Double, name);
        writer.Double(reader.GetDouble());
    }

    // A stranger's dictionary may hold the same names; what is written for it reads back as the same JSON.
    private static bool Marked(BsonWriter writer, string name, ref Utf8JsonReader reader)
    {
        var ahead = reader;
        if (!ahead.Read() || ahead.TokenType != JsonTokenType.PropertyName) { return false; }
        var (instant, number) = (ahead.ValueTextEquals(InstantMark), ahead.ValueTextEquals(DecimalMark));
        if ((!instant && !number) || !ahead.Read()) { return false; }
        long ticks = 0;
        decimal value = 0;
        var fits = instant
            ? ahead.TokenType == JsonTokenType.Number && ahead.TryGetInt64(out ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            : ahead.TokenType == JsonTokenType.String && decimal.TryParse(ahead.GetString(), CultureInfo.InvariantCulture, out value) && value.ToString(CultureInfo.InvariantCulture) == ahead.GetString();
        if (!fits || !ahead.Read() || ahead.TokenType != JsonTokenType.EndObject) { return false; }
        reader = ahead;
        writer.Head(instant ? BsonType.Map : BsonType.Decimal, name);
        if (instant) { writer.Instant(ticks); } else { writer.Decimal(value); }
        return true;
    }

    private static void WriteMap(Utf8JsonWriter json, BsonReader map, bool root = false)
    {
        json.WriteStartObject();
        while (map.Next())
        {
            if (root && map.Name.SequenceEqual("_id"u8)) { json.WritePropertyName("id"u8); }
            else if (map.Name.Contains((byte)'%')) { json.WritePropertyName(Unescape(Encoding.UTF8.GetString(map.Name))); }
            else { json.WritePropertyName(map.Name); }
            WriteValue(json, ref map);
        }
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, BsonReader list)
    {
        json.WriteStartArray();
        while (list.Next()) { WriteValue(json, ref list); }
        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, ref BsonReader at)
    {
        switch (at.Type)
        {
            case BsonType.Null: json.WriteNullValue(); break;
            case BsonType.Flag: json.WriteBooleanValue(at.Value[0] != 0); break;
            case BsonType.Int32: json.WriteNumberValue(at.Int32); break;
            case BsonType.Int64: json.WriteNumberValue(at.Int64); break;
            case BsonType.Double: json.WriteNumberValue(at.Double); break;
            case BsonType.Text: json.WriteStringValue(at.Utf8); break;
            case BsonType.Decimal: json.WriteStartObject(); json.WriteString(DecimalMark, at.Decimal.ToString(CultureInfo.InvariantCulture)); json.WriteEndObject(); break;
            case BsonType.Map when at.InstantTicks() is { } ticks: json.WriteStartObject(); json.WriteNumber(InstantMark, ticks); json.WriteEndObject(); break;
            case BsonType.Map: WriteMap(json, new BsonReader(at.Value)); break;
            case BsonType.List: WriteList(json, new BsonReader(at.Value)); break;
            default: throw new InvalidDataException($"a stored record holds BSON type {at.Type:x2}, which we never write");
        }
    }
}
