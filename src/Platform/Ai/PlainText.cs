using System.Text;

namespace Platform.Ai;

/// <summary>Makes untrusted text (a model's, a page's) plain: no control or bidi characters, no fences around it, no longer than allowed.</summary>
public static class PlainText
{
    /// <summary>The text as plain text of at most <paramref name="maxLength"/> UTF-16 units. It is shown encoded; nothing in it is ever run.</summary>
    public static string From(string? untrusted, int maxLength)
    {
        var text = new StringBuilder();
        foreach (var rune in (untrusted ?? "").ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > maxLength) { break; }
            if (IsKept(rune)) { text.Append(rune.ToString()); }
        }
        return Unwrapped(text.ToString().Trim());
    }

    // U+FFFD stands for what could not be read; bidi overrides and isolates can make a text read otherwise than it is.
    private static bool IsKept(Rune rune) =>
        rune.Value is '\n' or '\t' || (!Rune.IsControl(rune) && rune.Value is not (0xFFFD or 0xFEFF or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0xE0000 and <= 0xE007F)));

    // Models like to wrap what was asked for in quotes or a code fence.
    private static string Unwrapped(string text)
    {
        if (text.StartsWith("```", StringComparison.Ordinal) && text.EndsWith("```", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var line) { text = text[(line + 1)..^3].Trim(); }
        if (text.Length > 2 && ((text[0], text[^1]) is ('"', '"') or ('“', '”')) && !text[1..^1].Contains(text[0], StringComparison.Ordinal)) { text = text[1..^1].Trim(); }
        return text;
    }
}
