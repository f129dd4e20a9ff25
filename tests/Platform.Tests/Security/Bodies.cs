using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Tests.Security;

/// <summary>Makes request bodies out of OpenAPI schemas: good ones, with ids of the sender's own records.</summary>
public sealed class Bodies(JsonElement description, IReadOnlyDictionary<string, string> ownIds)
{
    private const int Deepest = 6;

    /// <summary>The properties of a body's schema.</summary>
    public IReadOnlyList<(string Name, JsonElement Schema)> Properties(JsonElement schema) =>
        Resolve(schema).TryGetProperty("properties", out var all) ? [.. all.EnumerateObject().Select(p => (p.Name, Resolve(p.Value)))] : [];

    /// <summary>A good body: what is required, and what is named in <paramref name="with"/>.</summary>
    public JsonObject Make(JsonElement schema, params string[] with) => (JsonObject)Object(Resolve(schema), with, 0);

    /// <summary>Whether a property holds text, or a list of texts.</summary>
    public static (bool Text, bool List) KindOf(JsonElement schema)
    {
        var list = Is(schema, "array");
        return (Is(schema, "string") || (list && schema.TryGetProperty("items", out var items) && Is(items, "string")), list);
    }

    private static bool Is(JsonElement schema, string type) => schema.TryGetProperty("type", out var t)
        && (t.ValueKind == JsonValueKind.String ? t.GetString() == type : t.EnumerateArray().Any(x => x.GetString() == type));

    private JsonElement Resolve(JsonElement schema)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            if (schema.TryGetProperty("$ref", out var target)) { schema = Follow(target.GetString()!); continue; }
            if (schema.TryGetProperty("oneOf", out var some)) { schema = some.EnumerateArray().First(s => !Is(s, "null")); continue; }
            return schema;
        }
        return schema;
    }

    private JsonElement Follow(string pointer) => pointer.TrimStart('#', '/').Split('/').Aggregate(description, (at, step) => at.GetProperty(step));

    private JsonNode Object(JsonElement schema, string[] with, int depth)
    {
        var made = new JsonObject();
        if (depth > Deepest || !schema.TryGetProperty("properties", out var properties)) { return made; }
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject().Where(p => required.Contains(p.Name) || with.Contains(p.Name))) { made[property.Name] = Value(property.Name, Resolve(property.Value), depth + 1); }
        return made;
    }

    private JsonNode? Value(string name, JsonElement schema, int depth)
    {
        if (schema.TryGetProperty("enum", out var words)) { return JsonNode.Parse(words.EnumerateArray().First(w => w.ValueKind != JsonValueKind.Null).GetRawText()); }
        if (Is(schema, "array")) { return new JsonArray(schema.TryGetProperty("items", out var items) ? Value(name, Resolve(items), depth) : null); }
        if (Is(schema, "object") || schema.TryGetProperty("properties", out _)) { return Object(schema, [], depth); }
        if (Is(schema, "boolean")) { return false; }
        if (Is(schema, "integer") || Is(schema, "number")) { return schema.TryGetProperty("minimum", out var least) ? least.GetDouble() : 1; }
        return Text(name, schema);
    }

    private string Text(string name, JsonElement schema)
    {
        if (ownIds.TryGetValue(name, out var id)) { return id; }
        if (name.Contains("mail", StringComparison.OrdinalIgnoreCase)) { return $"s{Platform.Primitives.Ids.New()}@example.com"; }
        if (name == "scheduledAt" || name == "at") { return "2026-12-05T10:30:00"; }
        if (schema.TryGetProperty("examples", out var examples)) { return examples[0].ToString(); }
        var format = schema.TryGetProperty("format", out var f) ? f.GetString() : null;
        return (name, format) switch
        {
            (_, "date-time") => "2026-12-05T10:30:00Z",
            (_, "date") => "2026-12-05",
            (_, "uri") => "https://example.com/",
            ("url" or "remoteUrl" or "returnUrl", _) => "https://example.com/",
            ("role", _) => "viewer",
            ("timeZone", _) => "Europe/Berlin",
            _ => "Plain words about lanterns",
        };
    }
}
