namespace Platform.Ai;

/// <summary>What a text is about, counted from its words: no model, the same result every time.</summary>
public static class Keyphrases
{
    /// <summary>The most telling phrases of one or two words, best first: frequent words count more, so do names and what comes early.</summary>
    public static IReadOnlyList<string> Of(string text, int count)
    {
        var frequency = Frequencies(text);
        return [.. Candidates(text)
            .Select((phrase, place) => (phrase, score: Score(phrase, frequency) * (1 + (0.5 / (place + 1)))))
            .GroupBy(c => string.Join(' ', c.phrase).ToLowerInvariant())
            .Select(g => (g.First().phrase, score: g.Sum(c => c.score)))
            .OrderByDescending(c => c.score)
            .Select(c => string.Join(' ', c.phrase))
            .Aggregate(new List<string>(), WithoutOverlap)
            .Take(count)];
    }

    /// <summary>Phrases as hashtags: <c>spring menu</c> → <c>#SpringMenu</c>; those with nothing a hashtag may hold, or longer than 30 characters, are left out.</summary>
    public static IReadOnlyList<string> Hashtags(string text, int count) =>
        [.. TextWords.Hashtags(text).Concat(Of(text, count * 3).Select(Hashtag)).Where(tag => tag.Length is > 2 and <= 30 && tag.Any(char.IsLetter))
            .DistinctBy(tag => tag.ToLowerInvariant()).Take(count)];

    /// <summary>The text's sentences with a weight each: how many telling words they hold, earlier ones and those with a link or a number a little more.</summary>
    public static IReadOnlyList<(Sentence Sentence, double Weight)> Weigh(IReadOnlyList<Sentence> sentences)
    {
        var frequency = Frequencies(string.Join(' ', sentences.Select(s => s.Text)));
        return [.. sentences.Select((sentence, place) => (sentence, Weight(sentence.Text, place, frequency)))];
    }

    private static double Weight(string sentence, int place, Dictionary<string, int> frequency)
    {
        var telling = Telling(sentence).ToList();
        var density = telling.Count == 0 ? 0 : telling.Sum(w => frequency.GetValueOrDefault(w)) / Math.Sqrt(telling.Count + 1.0);
        var facts = TextWords.Links(sentence).Count > 0 ? 0.5 : TextWords.Numbers(sentence).Count > 0 ? 0.25 : 0;
        return density * (1 + facts + (0.6 / (place + 1)));
    }

    private static IEnumerable<IReadOnlyList<string>> Candidates(string text)
    {
        foreach (var clause in text.Split(['.', ',', ';', ':', '!', '?', '(', ')', '\n', '"', '–', '—', '…']))
        {
            var run = new List<string>();
            foreach (var word in TextWords.Of(clause))
            {
                if (IsTelling(word)) { run.Add(word); continue; }
                foreach (var phrase in Pairs(run)) { yield return phrase; }
                run = [];
            }
            foreach (var phrase in Pairs(run)) { yield return phrase; }
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Pairs(List<string> run)
    {
        if (run.Count <= 2) { if (run.Count > 0) { yield return run; } yield break; }
        for (var i = 0; i + 1 < run.Count; i++) { yield return [run[i], run[i + 1]]; }
    }

    private static double Score(IReadOnlyList<string> phrase, Dictionary<string, int> frequency) =>
        phrase.Average(w => frequency.GetValueOrDefault(w.ToLowerInvariant()) + (char.IsUpper(w[0]) ? 0.5 : 0)) + (0.2 * (phrase.Count - 1));

    private static List<string> WithoutOverlap(List<string> chosen, string phrase)
    {
        if (!chosen.Any(c => c.Split(' ').Intersect(phrase.Split(' '), StringComparer.OrdinalIgnoreCase).Any())) { chosen.Add(phrase); }
        return chosen;
    }

    private static Dictionary<string, int> Frequencies(string text) => Telling(text).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count());

    private static IEnumerable<string> Telling(string text) => TextWords.Of(text).Where(IsTelling).Select(w => w.ToLowerInvariant());

    private static bool IsTelling(string word) => word.Length > 2 && !word.All(c => char.IsDigit(c) || c == '-') && !Language.IsStopWord(word.ToLowerInvariant());

    private static string Hashtag(string phrase) =>
        "#" + string.Concat(phrase.Split([' ', '-', '\'', '’'], StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
