using System.Text.RegularExpressions;

namespace Platform.Ai.Offline;

/// <summary>A draft from a brief, and from a source where there is one: its own sentences between an opening and a closing in the wanted tone.</summary>
internal static partial class OfflineDraft
{
    private static readonly Dictionary<string, (string[] Openings, string[] Closings)> Tones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["friendly"] = (["Some news we are happy to share:", "Here is something for you:", "A quick hello with some news:"], ["What do you think?", "Tell us in the replies.", "Let us know what you think."]),
        ["professional"] = (["An update:", "In brief:", "For your planning:"], ["Questions are welcome.", "We look forward to your feedback.", "Get in touch to find out more."]),
        ["bold"] = (["This is it:", "Big news:", "Here we go:"], ["Spread the word.", "Tell everyone.", "Are you in?"]),
        ["playful"] = (["Guess what?", "Drum roll, please:", "Psst:"], ["Who is in?", "Your turn!", "Thoughts? Emojis count."]),
    };

    /// <summary>Fits the length by leaving out, in this order, hashtags, closing, opening and sentences.</summary>
    public static string Write(TextTask task)
    {
        var topic = Topic(task.Text);
        var body = task.Source is "" ? topic : Points(task.Source, topic);
        var (opening, closing) = Frame(task, body);
        var tags = string.Join(' ', Keyphrases.Hashtags($"{topic}\n{task.Source}", task.MaxHashtags));
        string[] tries =
        [
            Join(opening, body, closing, task.Link, tags),
            Join(opening, body, closing, task.Link, ""),
            Join(opening, body, "", task.Link, ""),
            Join("", body, "", task.Link, ""),
        ];
        return tries.FirstOrDefault(t => Fits(task, t)) ?? WithLink(task, body);
    }

    private static string WithLink(TextTask task, string body)
    {
        var room = task.MaxLength - (task.Link is "" ? 0 : task.Measure($" {task.Link}"));
        return room < 20 ? Shortening.Fit(body, task.MaxLength, task.Measure) : $"{Shortening.Fit(body, room, task.Measure)} {task.Link}".Trim();
    }

    private static bool Fits(TextTask task, string text) => task.MaxLength <= 0 || task.Measure(text) <= task.MaxLength;

    private static (string Opening, string Closing) Frame(TextTask task, string body)
    {
        // The frames are English; around another language they would be wrong.
        if (!Tones.TryGetValue(task.Tone, out var tone) || Language.Guess(body) is not (null or "en")) { return ("", ""); }
        var choice = Stable(task.Text);
        var opening = task.Brand is not "" && task.Tone.Equals("professional", StringComparison.OrdinalIgnoreCase) ? $"An update from {task.Brand}:" : tone.Openings[choice % tone.Openings.Length];
        return (opening, tone.Closings[choice / 7 % tone.Closings.Length]);
    }

    // What the brief asks for ("write a post about …") is no part of what it is about.
    private static string Topic(string brief)
    {
        var topic = Verb().Replace(Instruction().Replace(brief.Trim(), "", 1).Trim(), "", 1).Trim();
        if (topic is "") { topic = brief.Trim(); }
        topic = char.ToUpperInvariant(topic[0]) + topic[1..];
        return char.IsLetterOrDigit(topic[^1]) && !LinkAtEnd().IsMatch(topic) ? topic + "." : topic;
    }

    private static string Points(string source, string topic)
    {
        var about = TextWords.Of(topic).Select(w => w.ToLowerInvariant()).Where(w => !Language.IsStopWord(w)).ToHashSet();
        var best = Keyphrases.Weigh(TextWords.Sentences(source))
            .Select((s, place) => (s.Sentence.Text, Weight: s.Weight * (1 + TextWords.Of(s.Sentence.Text).Count(w => about.Contains(w.ToLowerInvariant()))), place))
            .Where(s => s.Text.Length is > 30 and < 400).OrderByDescending(s => s.Weight).Take(3).OrderBy(s => s.place).Select(s => s.Text).ToList();
        return best.Count == 0 ? topic : string.Join("\n\n", best);
    }

    private static string Join(params string[] parts) => string.Join("\n\n", parts.Where(p => p is not ""));

    // FNV-1a: the same brief gets the same frame in every process (string.GetHashCode would not).
    private static int Stable(string text) => (int)(text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u) & 0x7fffffff);

    [GeneratedRegex(@"^(?:please\s+)?(?:announce|promote|introduce|present|tell\s+(?:people|everyone|everybody|our\s+followers|the\s+world)\s+(?:about|that)|let\s+(?:people|everyone)\s+know\s+(?:about|that)|share\s+the\s+news\s+that|remind\s+(?:people|everyone)\s+(?:of|that|about))\s+(?:that\s+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Verb();

    [GeneratedRegex(@"https?://\S+$", RegexOptions.IgnoreCase)]
    private static partial Regex LinkAtEnd();

    [GeneratedRegex(@"^(?:please\s+)?(?:can you\s+)?(?:write|draft|create|make|compose|generate|prepare)\s+(?:me\s+|us\s+)?(?:an?\s+|some\s+)?(?:\w+\s+){0,2}?(?:post|tweet|caption|text|update|announcement|thread)s?\s+(?:for\s+\w+\s+)?(?:about|on|that says|saying|announcing|announcing that|to announce|to say)\s*:?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Instruction();
}
