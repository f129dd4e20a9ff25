using System.Text.RegularExpressions;

namespace Platform.Ai;

/// <summary>Changes to wording that keep the meaning.</summary>
public static partial class Wording
{
    private static readonly (string Long, string Short)[] Wordy =
    [
        ("in order to", "to"), ("due to the fact that", "because"), ("at this point in time", "now"), ("in the event that", "if"),
        ("a large number of", "many"), ("with regard to", "about"), ("for the purpose of", "for"), ("in spite of the fact that", "although"),
        ("has the ability to", "can"), ("have the ability to", "can"), ("is able to", "can"), ("are able to", "can"), ("prior to", "before"),
        ("subsequent to", "after"), ("until such time as", "until"), ("each and every", "every"), ("first and foremost", "first"),
    ];

    private static readonly string[] Fillers = ["very", "really", "actually", "basically", "literally", "just", "quite", "totally", "simply"];

    /// <summary>Spaces, punctuation and capitals put right; wordy phrases made short; fillers left out. Links and hashtags are not touched.</summary>
    public static string Tidy(string text)
    {
        var english = Language.Guess(text) is "en";
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => Line(line, english));
        return BlankLines().Replace(string.Join('\n', lines), "\n\n").Trim();
    }

    /// <summary>The text without a hashtag and the space before it.</summary>
    public static string WithoutHashtag(string text, string hashtag) => Regex.Replace(text, $@"[ \t]*{Regex.Escape(hashtag)}(?![\p{{L}}\p{{N}}_])", "");

    /// <summary>What the text says in brackets left out, and the fillers too.</summary>
    public static string Condense(string sentence) => Spaces().Replace(WithoutFillers(Brackets().Replace(sentence, " ")), " ").Trim();

    private static string Line(string line, bool english)
    {
        var links = TextWords.Links(line);
        for (var i = 0; i < links.Count; i++) { line = line.Replace(links[i], $"\u0001{i}\u0001", StringComparison.Ordinal); }
        line = SpaceBefore().Replace(Repeated().Replace(Spaces().Replace(line, " "), "$1"), "$1");
        if (english) { line = WithoutFillers(Wordy.Aggregate(line, (text, pair) => Regex.Replace(text, $@"\b{pair.Long}\b", pair.Short, RegexOptions.IgnoreCase))); }
        line = Start().Replace(Spaces().Replace(line, " ").Trim(), m => m.Groups[1].Value + m.Groups[2].Value.ToUpperInvariant());
        for (var i = 0; i < links.Count; i++) { line = line.Replace($"\u0001{i}\u0001", links[i], StringComparison.Ordinal); }
        return line;
    }

    private static string WithoutFillers(string text) => Fillers.Aggregate(text, (t, filler) => Regex.Replace(t, $@"(?<=\p{{L}} ){filler} (?=\p{{Ll}})", ""));

    [GeneratedRegex(@"[ \t]{2,}")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"([!?,;:])\1+")]
    private static partial Regex Repeated();

    [GeneratedRegex(@"[ \t]+([,.;:!?])(?=\s|$)")]
    private static partial Regex SpaceBefore();

    [GeneratedRegex(@"(^|[.!?] )(\p{Ll})(?!\S*[./@])")]
    private static partial Regex Start();

    [GeneratedRegex(@"\s*[(\[][^)\]]*[)\]]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex BlankLines();
}
