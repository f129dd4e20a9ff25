using System.Collections.Frozen;
using System.Globalization;

namespace Platform.Ai;

/// <summary>Whether a text sounds glad or angry, by a small English word list. Says how many words it rests on; none means "no opinion", not "neutral".</summary>
public static class Sentiment
{
    private static readonly FrozenDictionary<string, int> Words = Resource.Lines("Platform.Ai.sentiment.txt")
        .Select(line => line.Split(' ')).ToFrozenDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture));

    private static readonly FrozenSet<string> Negations = new[] { "not", "no", "never", "isn't", "wasn't", "don't", "doesn't", "didn't", "can't", "won't", "without", "hardly" }.ToFrozenSet();
    private static readonly FrozenSet<string> Amplifiers = new[] { "very", "really", "so", "extremely", "absolutely", "totally" }.ToFrozenSet();

    /// <summary>Score from -1 (angry) to 1 (glad), and the number of words that say so.</summary>
    public static (double Score, int Words) Of(string text)
    {
        var words = TextWords.Of(text).Select(w => w.ToLowerInvariant().Replace('’', '\'')).ToList();
        var values = words.Select((word, place) => Words.TryGetValue(word, out var value) ? value * Context(words, place) : 0).Where(v => v != 0).ToList();
        var sum = values.Sum();
        // Bounded: each further word moves the score less.
        return values.Count == 0 ? (0, 0) : (sum / Math.Sqrt((sum * sum) + 15), values.Count);
    }

    private static double Context(List<string> words, int place)
    {
        var before = words.Skip(Math.Max(0, place - 3)).Take(Math.Min(3, place)).ToList();
        return (before.Any(Negations.Contains) ? -0.75 : 1) * (before.Count > 0 && Amplifiers.Contains(before[^1]) ? 1.3 : 1);
    }
}
