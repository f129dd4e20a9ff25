using System.Text.RegularExpressions;

namespace Platform.Ai;

/// <summary>Words, links, hashtags and sentences of a text.</summary>
public static partial class TextWords
{
    private static readonly string[] Abbreviations = ["mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "no.", "vs.", "e.g.", "i.e.", "etc.", "approx.", "inc.", "ltd.", "z.b.", "bzw.", "ca.", "nr.", "p.m.", "a.m."];

    /// <summary>The words, links and hashtags left out.</summary>
    public static IEnumerable<string> Of(string text) => Word().Matches(Hashtag().Replace(Link().Replace(text, " "), " ")).Select(m => m.Value);

    /// <summary>The links.</summary>
    public static IReadOnlyList<string> Links(string text) => [.. Link().Matches(text).Select(m => m.Value.TrimEnd('.', ',', ')', '!', '?', ';', ':'))];

    /// <summary>The hashtags, with their sign.</summary>
    public static IReadOnlyList<string> Hashtags(string text) => [.. Hashtag().Matches(Link().Replace(text, " ")).Select(m => m.Value)];

    /// <summary>The numbers, as written.</summary>
    public static IReadOnlyList<string> Numbers(string text) => [.. Number().Matches(Link().Replace(text, " ")).Select(m => m.Value)];

    /// <summary>The sentences, in order, each with what parted it from the one before. A line break ends a sentence too; a dot inside a link, a number or a common abbreviation does not.</summary>
    public static IReadOnlyList<Sentence> Sentences(string text)
    {
        var sentences = new List<Sentence>();
        var gap = "";
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line)) { gap = sentences.Count == 0 ? "" : "\n\n"; continue; }
            foreach (var sentence in OfLine(line.Trim())) { sentences.Add(new(sentence, gap)); gap = " "; }
            gap = "\n";
        }
        return sentences;
    }

    /// <summary>The text without its links, hashtags and doubled spaces.</summary>
    public static string Plain(string text) => Spaces().Replace(Hashtag().Replace(Link().Replace(text, " "), " "), " ").Trim();

    private static IEnumerable<string> OfLine(string line)
    {
        var start = 0;
        foreach (Match end in SentenceEnd().Matches(line))
        {
            var candidate = line[start..(end.Index + end.Groups[1].Length)];
            if (Abbreviations.Any(a => candidate.EndsWith(a, StringComparison.OrdinalIgnoreCase))) { continue; }
            yield return candidate.Trim();
            start = end.Index + end.Length;
        }
        if (start < line.Length) { yield return line[start..].Trim(); }
    }

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w&])#[\p{L}\p{N}_]+")]
    private static partial Regex Hashtag();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}\p{Mn}'’\-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\d+(?:[.,:]\d+)*")]
    private static partial Regex Number();

    [GeneratedRegex(@"([.!?…]+[""”’)]*)\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[ \t]{2,}")]
    private static partial Regex Spaces();
}

/// <summary>A sentence and what stood before it: nothing, a space or line breaks.</summary>
public sealed record Sentence(string Text, string Gap);
