using System.Text;

namespace Platform.Networks.Bluesky;

/// <summary>Marks links, mentions and tags of a text by UTF-8 byte offsets: start inclusive, end exclusive, never overlapping. Source: app.bsky.richtext.facet.</summary>
internal static class Facets
{
    private const int LongestTag = 64;

    /// <summary>The handles that must be resolved before the facets can be made.</summary>
    public static IEnumerable<string> Handles(string text) =>
        TextSpans.Marks(text).Where(s => s.Kind is TextSpanKind.Mention && IsHandle(s.Value)).Select(s => s.Value.ToLowerInvariant()).Distinct();

    /// <summary>The facets.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dids">Handles (lower case) that there are, with their DIDs. A mention of any other stays plain text.</param>
    public static IReadOnlyList<object> Of(string text, IReadOnlyDictionary<string, string> dids) =>
        [.. TextSpans.Marks(text).Select(s => (Span: s, Feature: Feature(s, dids))).Where(f => f.Feature is not null).Select(f => Facet(text, f.Span, f.Feature!))];

    private static Dictionary<string, object> Facet(string text, TextSpan span, object feature)
    {
        var start = Encoding.UTF8.GetByteCount(text.AsSpan(0, span.Start));
        return new() { ["index"] = new { byteStart = start, byteEnd = start + Encoding.UTF8.GetByteCount(span.Text) }, ["features"] = new[] { feature } };
    }

    private static Dictionary<string, object>? Feature(TextSpan span, IReadOnlyDictionary<string, string> dids) => span.Kind switch
    {
        TextSpanKind.Link => new() { ["$type"] = "app.bsky.richtext.facet#link", ["uri"] = span.Value },
        TextSpanKind.Hashtag when span.Value.Length <= LongestTag => new() { ["$type"] = "app.bsky.richtext.facet#tag", ["tag"] = span.Value },
        TextSpanKind.Mention when dids.TryGetValue(span.Value.ToLowerInvariant(), out var did) => new() { ["$type"] = "app.bsky.richtext.facet#mention", ["did"] = did },
        _ => null,
    };

    private static bool IsHandle(string value) => value.Contains('.') && !value.Contains('@');
}
