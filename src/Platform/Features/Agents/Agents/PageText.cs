using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Platform.Ai;
using Platform.Networks;

namespace Platform.Features.Agents.Agents;

/// <summary>What a page says, as far as it is prose. Untrusted: data for a prompt, never an instruction.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Text">Its prose, a paragraph a line.</param>
public sealed record PageText(string Title, string Text)
{
    private const int Longest = 12_000;
    private const string Noise = "script, style, noscript, template, svg, nav, header, footer, aside, form, iframe, button, [hidden], [aria-hidden=true]";

    /// <summary>Reads a fetched page. Markup is parsed, nothing of it is loaded or run.</summary>
    public static PageText Of(FetchedPage page)
    {
        if (!page.ContentType.Contains("html", StringComparison.Ordinal)) { return new("", PlainText.From(page.Text, Longest)); }
        using var document = new HtmlParser().ParseDocument(page.Text);
        foreach (var noise in document.QuerySelectorAll(Noise).ToList()) { noise.Remove(); }
        var root = document.QuerySelector("article") ?? document.QuerySelector("main") ?? document.Body;
        var paragraphs = root?.QuerySelectorAll("h1, h2, h3, p, li, blockquote").Select(Words).Where(t => t.Length > 0).Distinct().ToList() ?? [];
        var prose = paragraphs.Count > 0 ? string.Join('\n', paragraphs) : Words(root);
        return new(Heading(document), PlainText.From(Prefixed(Meta(document, "description"), prose), Longest));
    }

    private static string Heading(IDocument document) => PlainText.From(Meta(document, "title") is { Length: > 0 } title ? title : document.Title ?? "", 300);

    private static string Meta(IDocument document, string name) =>
        (document.QuerySelector($"meta[property='og:{name}']") ?? document.QuerySelector($"meta[name='{name}']"))?.GetAttribute("content")?.Trim() ?? "";

    private static string Prefixed(string description, string prose) => description is "" || prose.Contains(description, StringComparison.Ordinal) ? prose : $"{description}\n{prose}";

    private static string Words(INode? node) => string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
