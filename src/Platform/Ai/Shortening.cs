namespace Platform.Ai;

/// <summary>Brings a text under a length: hashtags first, then the sentences that say least, and only then words.</summary>
public static class Shortening
{
    /// <summary>At most <paramref name="limit"/> as <paramref name="measure"/> counts; sentences keep their order, links stay whole or go.</summary>
    public static string Fit(string text, int limit, Func<string, int> measure)
    {
        var tags = TextWords.Hashtags(text).Distinct().ToList();
        var body = tags.Aggregate(text, Wording.WithoutHashtag).Trim();
        var kept = Best(body, limit, measure);
        if (kept is "") { kept = Cut(Strongest(body), limit, measure); }
        foreach (var tag in tags.Where(_ => kept is not "")) { kept = measure($"{kept} {tag}") <= limit ? $"{kept} {tag}" : kept; }
        return kept;
    }

    private static string Best(string body, int limit, Func<string, int> measure)
    {
        var sentences = Keyphrases.Weigh(TextWords.Sentences(body));
        var chosen = new SortedSet<int>();
        foreach (var place in Enumerable.Range(0, sentences.Count).OrderByDescending(i => Worth(sentences[i])))
        {
            chosen.Add(place);
            if (measure(Join(chosen, sentences)) > limit) { chosen.Remove(place); }
        }
        return Join(chosen, sentences);
    }

    // Where a post leads is worth more than how it is put.
    private static double Worth((Sentence Sentence, double Weight) sentence) => sentence.Weight * (TextWords.Links(sentence.Sentence.Text).Count > 0 ? 3 : 1);

    private static string Join(SortedSet<int> chosen, IReadOnlyList<(Sentence Sentence, double Weight)> sentences) =>
        string.Concat(chosen.Select(i => (i == chosen.Min ? "" : sentences[i].Sentence.Gap is "" ? " " : sentences[i].Sentence.Gap) + sentences[i].Sentence.Text));

    private static string Strongest(string body) => Keyphrases.Weigh(TextWords.Sentences(body)).OrderByDescending(s => s.Weight).FirstOrDefault().Sentence?.Text ?? body;

    // Word by word, so that neither a link nor what a reader sees as one character is ever broken.
    private static string Cut(string sentence, int limit, Func<string, int> measure)
    {
        var condensed = Wording.Condense(sentence);
        if (measure(condensed) <= limit) { return condensed; }
        var words = condensed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = words.Length - 1; count > 0; count--)
        {
            var cut = string.Join(' ', words.Take(count)).TrimEnd(',', ';', ':', '-', '–') + "…";
            if (measure(cut) <= limit) { return cut; }
        }
        return Letters(words.FirstOrDefault() ?? "", limit, measure);
    }

    private static string Letters(string word, int limit, Func<string, int> measure)
    {
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(word);
        var kept = "";
        while (elements.MoveNext() && measure(kept + elements.GetTextElement() + "…") <= limit) { kept += elements.GetTextElement(); }
        return kept is "" || word.Contains("://", StringComparison.Ordinal) ? "" : kept + "…";
    }
}
