using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform.Tenancy;

namespace Platform.Storage;

/// <summary>What the engines write alike: computed properties are not stored, lengths of time are ticks, organizations their ids.</summary>
internal static class StoredConverters
{
    /// <summary>A modifier of the serializer: leaves out properties that only compute.</summary>
    public static void LeaveOutComputed(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) { return; }
        var parameters = info.Type.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            var property = info.Properties[i];
            if (property.Set is null && property.AttributeProvider is PropertyInfo { CanWrite: false } computed && !parameters.Contains(computed.Name)) { info.Properties.RemoveAt(i); }
        }
    }

    /// <summary>Lengths of time as ticks.</summary>
    public sealed class TicksConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());
        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Ticks);
    }

    /// <summary>Organizations as their ids.</summary>
    public sealed class OrganizationConverter : JsonConverter<OrganizationId>
    {
        public override OrganizationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);
        public override void Write(Utf8JsonWriter writer, OrganizationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
