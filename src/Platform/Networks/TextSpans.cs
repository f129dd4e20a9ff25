using System.Text.RegularExpressions;

namespace Platform.Networks;

/// <summary>What a piece of a text is.</summary>
public enum TextSpanKind
{
    /// <summary>Words.</summary>
    Plain,

    /// <summary>An http or https address.</summary>
    Link,

    /// <summary>A mention, as <c>@name</c>, <c>@name.example.com</c> or <c>@name@server</c>.</summary>
    Mention,

    /// <summary>A hashtag.</summary>
    Hashtag,
}

/// <summary>A piece of a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="Text">As written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The address; the mention without its first @; the tag without #; for plain text the text.</param>
public sealed record TextSpan(int Start, string Text, TextSpanKind Kind, string Value);

/// <summary>Finds links, mentions and hashtags. The one code that counters, previews, facets and rules use, so that what is shown is what is sent.</summary>
public static partial class TextSpans
{
    private static readonly char[] Trailing = ['.', ',', ';', ':', '!', '?', '\'', '"', '…', '»', '”', '’', '*', '_'];

    /// <summary>The whole text in order, piece by piece; empty for an empty text.</summary>
    public static IReadOnlyList<TextSpan> Of(string text)
    {
        var spans = new List<TextSpan>();
        var at = 0;
        foreach (var found in Marks(text))
        {
            if (found.Start > at) { spans.Add(Plain(text, at, found.Start)); }
            spans.Add(found);
            at = found.Start + found.Text.Length;
        }
        if (at < text.Length) { spans.Add(Plain(text, at, text.Length)); }
        return spans;
    }

    /// <summary>Links, mentions and hashtags only, in order, never overlapping.</summary>
    public static IEnumerable<TextSpan> Marks(string text)
    {
        for (var match = Mark().Match(text); match.Success;)
        {
            var span = Read(match);
            if (span is not null) { yield return span; }
            match = Mark().Match(text, span is null ? match.Index + 1 : match.Index + span.Text.Length);
        }
    }

    private static TextSpan Plain(string text, int from, int to) => new(from, text[from..to], TextSpanKind.Plain, text[from..to]);

    private static TextSpan? Read(Match match)
    {
        if (match.Groups["link"].Success)
        {
            var link = Trim(match.Value);
            return Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Host.Length > 0 ? new TextSpan(match.Index, link, TextSpanKind.Link, link) : null;
        }
        return match.Groups["mention"].Success
            ? new TextSpan(match.Index, match.Value, TextSpanKind.Mention, match.Value[1..])
            : new TextSpan(match.Index, match.Value, TextSpanKind.Hashtag, match.Value[1..]);
    }

    // A full stop that ends the sentence is not of the address, and a closing bracket only where it was opened inside.
    private static string Trim(string link)
    {
        while (link.Length > 0)
        {
            var last = link[^1];
            var unopened = last is ')' or ']' or '}' && link.Count(c => c == last) > link.Count(c => c == Opening(last));
            if (!unopened && !Trailing.Contains(last)) { break; }
            link = link[..^1];
        }
        return link;
    }

    private static char Opening(char closing) => closing switch { ')' => '(', ']' => '[', _ => '{' };

    [GeneratedRegex(@"(?<link>(?<![\w/])https?://[^\s<>""]+)|(?<mention>(?<![\w@/.])@[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_])?(?:@[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?)?)|(?<tag>(?<![\w&/])[#＃][\w\u200c\u200d·]*[\p{L}\p{So}_][\w\u200c\u200d·]*)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Mark();
}
