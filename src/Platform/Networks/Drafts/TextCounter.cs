using System.Globalization;
using System.Text;

namespace Platform.Networks.Drafts;

/// <summary>Counts texts in each network's unit.</summary>
internal static class TextCounter
{
    /// <summary>The length of a text under a network's rules: links at their fixed length, the domain of remote mentions left out where it is free.</summary>
    public static int Count(NetworkLimits limits, string text)
    {
        if (limits.UrlLength == 0 && !limits.FreeMentionDomains) { return Plain(limits.Unit, text); }
        var links = 0;
        var rest = new StringBuilder();
        foreach (var span in TextSpans.Of(text))
        {
            if (span.Kind is TextSpanKind.Link && limits.UrlLength > 0) { links++; rest.Append('\u0001'); }
            else { rest.Append(span.Kind is TextSpanKind.Mention && limits.FreeMentionDomains ? WithoutDomain(span.Text) : span.Text); }
        }
        return Plain(limits.Unit, rest.ToString()) + links * (limits.UrlLength - 1);
    }

    /// <summary>The length as written.</summary>
    public static int Plain(TextUnit unit, string text) => IsPlain(text) ? text.Length : unit switch
    {
        TextUnit.Characters => text.EnumerateRunes().Count(),
        TextUnit.Graphemes => Graphemes(text).Count(),
        TextUnit.Utf16 => text.Length,
        TextUnit.Bytes => Encoding.UTF8.GetByteCount(text),
        TextUnit.Weighted => Graphemes(text.Normalize(NormalizationForm.FormC)).Sum(Weight),
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    // One of everything for each character, in every unit; only CR and LF together are one grapheme.
    private static bool IsPlain(string text) => Ascii.IsValid(text) && !text.Contains('\r');

    private static string WithoutDomain(string mention)
    {
        var at = mention.IndexOf('@', 1);
        return at < 0 ? mention : mention[..at];
    }

    private static IEnumerable<string> Graphemes(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) { yield return elements.GetTextElement(); }
    }

    // X: an emoji counts 2 however many code points it is made of; any other code point 1 in four ranges, else 2 (configuration v3).
    private static int Weight(string grapheme) => IsEmoji(grapheme) ? 2 : grapheme.EnumerateRunes().Sum(r => IsLight(r.Value) ? 1 : 2);

    private static bool IsLight(int value) => value is <= 0x10FF or (>= 0x2000 and <= 0x200D) or (>= 0x2010 and <= 0x201F) or (>= 0x2032 and <= 0x2037);

    private static bool IsEmoji(string grapheme)
    {
        var first = Rune.GetRuneAt(grapheme, 0);
        return grapheme.Contains('\u20E3') || (first.Value > 0x10FF && Rune.GetUnicodeCategory(first) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol)
            || (grapheme.Contains('\uFE0F') && Rune.GetUnicodeCategory(first) is UnicodeCategory.OtherSymbol);
    }
}
