using System.Text.Json;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Reads bodies of calls, which may hold anything.</summary>
internal static class Json
{
    /// <summary>A text member, or null.</summary>
    public static string? Text(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>The elements of a list member.</summary>
    public static IEnumerable<JsonElement> List(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [];
}
