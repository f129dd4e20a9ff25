using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform.Tenancy;

namespace Platform.Storage.Sqlite;

/// <summary>
/// How records become JSON and values become columns. The two must agree: a value in a filter is compared, inside SQLite, with what
/// the serializer wrote. Instants are fixed-width UTC text, so that text order is time order; enums are their names; lengths of time
/// are ticks; computed properties are not stored.
/// </summary>
internal static class StoredJson
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private static readonly ConcurrentDictionary<(Type, string), string?> Names = new();

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new InstantConverter(), new StoredConverters.TicksConverter(), new StoredConverters.OrganizationConverter(), new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { StoredConverters.LeaveOutComputed } },
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    public static byte[] Write(object? value, Type type) => JsonSerializer.SerializeToUtf8Bytes(value, type, Options);

    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException("a stored record is null");

    /// <summary>The JSON name of a property; null where it is not stored.</summary>
    public static string? NameOf(Type type, string property) => Names.GetOrAdd((type, property), static key =>
        Options.GetTypeInfo(key.Item1).Properties.FirstOrDefault(p => p.Get is not null && (p.AttributeProvider as MemberInfo)?.Name == key.Item2)?.Name);

    /// <summary>A value as SQLite compares it: text, whole number, real number or null.</summary>
    public static object? ToColumn(object? value) => value switch
    {
        null or string or double => value,
        bool flag => flag ? 1L : 0L,
        DateTimeOffset instant => Instant(instant),
        TimeSpan length => length.Ticks,
        DateOnly or TimeOnly or Guid => JsonSerializer.SerializeToElement(value, Options).GetString(),
        Enum name => EnumColumn(name),
        OrganizationId organization => organization.Value,
        decimal number => (double)number,
        float number => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"a filter cannot compare with a value of type {value.GetType().Name}"),
    };

    public static string Instant(DateTimeOffset value) => value.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    // The serializer writes a number where an enum has no name for the value.
    private static object EnumColumn(Enum value)
    {
        var name = value.ToString();
        return long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : name;
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Instant(value));
        public override DateTimeOffset ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture);
        public override void WriteAsPropertyName(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WritePropertyName(Instant(value));
    }
}
