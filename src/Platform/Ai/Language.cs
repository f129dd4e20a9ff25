using System.Collections.Frozen;

namespace Platform.Ai;

/// <summary>Words that carry no topic, per language, and a guess of the language from them.</summary>
public static class Language
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Words = Load();
    private static readonly FrozenSet<string> All = Words.Values.SelectMany(w => w).ToFrozenSet();

    /// <summary>Whether a (lower-case) word carries no topic in any language known here.</summary>
    public static bool IsStopWord(string word) => All.Contains(word);

    /// <summary>en, de, fr or es by the share of small words; null where the text gives no hint.</summary>
    public static string? Guess(string text)
    {
        var words = TextWords.Of(text).Select(w => w.ToLowerInvariant()).ToList();
        var best = Words.Select(l => (Language: l.Key, Hits: words.Count(l.Value.Contains))).OrderByDescending(l => l.Hits).ThenBy(l => l.Language, StringComparer.Ordinal).First();
        return best.Hits == 0 ? null : best.Language;
    }

    private static FrozenDictionary<string, FrozenSet<string>> Load() =>
        Resource.Lines("Platform.Ai.stopwords.txt")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(line => line[0])
            .ToFrozenDictionary(g => g.Key, g => g.SelectMany(line => line.Skip(1)).ToFrozenSet());
}
