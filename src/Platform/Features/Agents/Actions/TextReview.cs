using System.Text.RegularExpressions;
using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Domain;

namespace Platform.Features.Agents.Actions;

/// <summary>A text as it came from a model, after it was put right and held against what it was made from.</summary>
public sealed record ReviewedText(string Text, IReadOnlyList<TargetFit> Fits, Confidence Confidence, IReadOnlyList<string> Notes);

/// <summary>
/// Never takes a model's text as it is: cuts off what is incomplete, brings it under the limits by sentence ranking, and counts how much of it
/// its sources support.
/// </summary>
public sealed partial class TextReview(Targets targets)
{
    private const int TopicsChecked = 5;

    /// <summary>Reviews a text made for targets from a material (brief, source, original text).</summary>
    public ReviewedText Of(ModelAnswer answer, IReadOnlyList<Target> all, string material, IReadOnlyList<string>? avoid = null)
    {
        var notes = new List<string>();
        var text = answer.Text;
        var cutOff = answer.Finish == ModelFinish.CutOff;
        if (cutOff && Complete(text) is { } complete) { (text, _) = (complete, Note(notes, "The answer was cut off at its longest length; it ends after its last whole sentence.")); }
        var (limit, measure) = targets.Tightest(all);
        if (limit > 0 && measure(text) > limit) { (text, _) = (Shortening.Fit(text, limit, measure), Note(notes, "It was too long: the sentences that say least were left out.")); }
        var fits = all.Select(t => targets.Fit(t, text)).ToList();
        var (facts, supported) = Facts(text, material);
        var unsupported = facts.Except(supported).ToList();
        if (unsupported.Count > 0) { Note(notes, $"Check before use, not in what the agent was given: {string.Join(", ", unsupported.Take(5))}."); }
        var forbidden = Forbidden(text, avoid ?? []);
        if (forbidden.Count > 0) { Note(notes, $"It uses words that your brand forbids: {string.Join(", ", forbidden.Take(5))}."); }
        var topics = Keyphrases.Of(material, TopicsChecked);
        var covered = topics.Count(topic => topic.Split(' ').Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return new(text, fits, DraftConfidence.Of(new(fits.Count, fits.Count(f => f.Fits), facts.Count, supported.Count, topics.Count, covered, cutOff)), notes);
    }

    private static bool Note(List<string> notes, string note)
    {
        notes.Add(note);
        return true;
    }

    private static (IReadOnlyList<string> All, IReadOnlyList<string> Supported) Facts(string text, string material)
    {
        var facts = TextWords.Numbers(text).Concat(TextWords.Links(text)).Concat(Mention().Matches(text).Select(m => m.Value)).Distinct().ToList();
        return (facts, [.. facts.Where(f => material.Contains(f, StringComparison.OrdinalIgnoreCase))]);
    }

    // Whole words and phrases only: "art" is not found in "start".
    private static IReadOnlyList<string> Forbidden(string text, IReadOnlyList<string> avoid) => [.. avoid.Where(word => Stands(text, word))];

    private static bool Stands(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) { return true; }
        }
        return false;
    }

    private static string? Complete(string text)
    {
        var end = text.LastIndexOfAny(['.', '!', '?', '…', '\n']);
        return end > 0 ? text[..(end + 1)].Trim() : null;
    }

    [GeneratedRegex(@"(?<![\w/])@[\w.\-]+(?:@[\w.\-]+)?")]
    private static partial Regex Mention();
}
