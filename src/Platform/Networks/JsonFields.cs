using System.Globalization;
using System.Text.Json;

namespace Platform.Networks;

/// <summary>Reads members of answers that may hold anything: what is not there, or of another kind, is null or empty, never an exception.</summary>
public static class JsonFields
{
    /// <summary>A member, or null.</summary>
    public static JsonElement? Member(this JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>A text member, or null.</summary>
    public static string? Text(this JsonElement? json, string name) => json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A whole number, or null.</summary>
    public static long? Number(this JsonElement? json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The elements of a list member; empty where there is none.</summary>
    public static IReadOnlyList<JsonElement?> List(this JsonElement? json, string name) => json.Member(name).Elements();

    /// <summary>The elements of a list; empty where it is none.</summary>
    public static IReadOnlyList<JsonElement?> Elements(this JsonElement? json) => json is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(e => (JsonElement?)e)] : [];

    /// <summary>A moment, or null.</summary>
    public static DateTimeOffset? Moment(this JsonElement? json, string name) =>
        DateTimeOffset.TryParse(json.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
}
