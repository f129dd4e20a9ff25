using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Platform.Networks.Mastodon;

/// <summary>Reads the HTML that servers make of a status.</summary>
internal static partial class HtmlText
{
    private static readonly HtmlParser Parser = new();

    /// <summary>The text as a reader sees it, with line breaks.</summary>
    public static string Plain(string html)
    {
        var body = Parser.ParseDocument(html).Body!;
        foreach (var br in body.QuerySelectorAll("br").ToList()) { br.ReplaceWith(br.Owner!.CreateTextNode("\n")); }
        foreach (var paragraph in body.QuerySelectorAll("p").Skip(1).ToList()) { paragraph.Prepend(paragraph.Owner!.CreateTextNode("\n\n")); }
        return body.TextContent.Trim();
    }

    /// <summary>What two texts must share to be the same post: no white space, one Unicode form, mentions without their server, which servers write in or leave out.</summary>
    public static string Fingerprint(string text) =>
        string.Concat(Mention().Replace(text, "@$1").Normalize(NormalizationForm.FormC).Where(c => !char.IsWhiteSpace(c)));

    [GeneratedRegex(@"@([A-Za-z0-9_.-]+)(?:@[A-Za-z0-9.\-]+(?::\d+)?)", RegexOptions.None, 1000)]
    private static partial Regex Mention();
}
