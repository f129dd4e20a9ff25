using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform.Storage.Mongo.Bson;
using Platform.Tenancy;

namespace Platform.Storage.Mongo;

/// <summary>
/// How records become BSON and values become what filters compare with. The two must agree. Instants are BSON dates with the ticks that a
/// date cannot hold beside them, enums their names, ids text, money and other decimals decimal128, lengths of time ticks.
/// </summary>
internal static class StoredBson
{
    private static readonly ConcurrentDictionary<(Type, string), string?> Names = new();

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new InstantConverter(), new DecimalConverter(), new StoredConverters.TicksConverter(), new StoredConverters.OrganizationConverter(), new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StoredConverters.LeaveOutComputed } },
    };

    public static byte[] Write(object document, Type type) => BsonJson.ToBson(JsonSerializer.SerializeToUtf8Bytes(document, type, Options));

    public static T Read<T>(ReadOnlySpan<byte> bson) => (T)Read(bson, typeof(T));

    public static object Read(ReadOnlySpan<byte> bson, Type type) =>
        JsonSerializer.Deserialize(BsonJson.ToJson(bson), type, Options) ?? throw new JsonException("a stored record is null");

    /// <summary>The stored name of a property; null where it is not stored.</summary>
    public static string? NameOf(Type type, string property) => Names.GetOrAdd((type, property), static key =>
        Options.GetTypeInfo(key.Item1).Properties.FirstOrDefault(p => p.Get is not null && (p.AttributeProvider as MemberInfo)?.Name == key.Item2)?.Name);

    /// <summary>A value of any type, as it is stored in a member of this type.</summary>
    public static object? ToValue(object? value, Type type) => value is null ? null : BsonJson.ToValue(JsonSerializer.SerializeToUtf8Bytes(value, type, Options));

    /// <summary>A single value as filters compare it.</summary>
    public static object? ToScalar(object? value) => value switch
    {
        null or string or double or bool or decimal or DateTimeOffset => value,
        TimeSpan length => length.Ticks,
        DateOnly or TimeOnly or Guid => JsonSerializer.SerializeToElement(value, Options).GetString(),
        Enum name => long.TryParse(name.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : name.ToString(),
        OrganizationId organization => organization.Value,
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"a filter cannot compare with a value of type {value.GetType().Name}"),
    };

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            reader.Read();
            var ticks = reader.GetInt64();
            reader.Read();
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteNumber(BsonJson.InstantMark, value.UtcTicks);
            writer.WriteEndObject();
        }

        public override DateTimeOffset ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    private sealed class DecimalConverter : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number) { return reader.GetDecimal(); }
            reader.Read();
            reader.Read();
            var value = decimal.Parse(reader.GetString()!, CultureInfo.InvariantCulture);
            reader.Read();
            return value;
        }

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString(BsonJson.DecimalMark, value.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
    }
}
