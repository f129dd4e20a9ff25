namespace Platform.Ai.Offline;

/// <summary>The local engine: chooses, orders and trims what it was given. It never states what its input does not.</summary>
internal static class OfflineWriter
{
    /// <summary>Does the task. The result fits <see cref="TextTask.MaxLength"/>.</summary>
    public static string Write(TextTask task) => task.Kind switch
    {
        TextTaskKind.Draft => OfflineDraft.Write(task),
        TextTaskKind.Improve => Fit(task, Wording.Tidy(task.Text)),
        TextTaskKind.Shorten => Fit(task, task.Text.Trim()),
        TextTaskKind.Adapt => Adapt(task),
        TextTaskKind.Hashtags => string.Join('\n', Keyphrases.Hashtags(task.Text, task.MaxHashtags)),
        _ => Summary(task),
    };

    /// <summary>The text, shortened where it is too long.</summary>
    public static string Fit(TextTask task, string text) =>
        task.MaxLength <= 0 || task.Measure(text) <= task.MaxLength ? text : Shortening.Fit(text, task.MaxLength, task.Measure);

    private static string Summary(TextTask task)
    {
        var best = Keyphrases.Weigh(TextWords.Sentences(task.Text)).Select((s, place) => (s.Sentence, s.Weight, place)).OrderByDescending(s => s.Weight).Take(3);
        return Fit(task, string.Join(' ', best.OrderBy(s => s.place).Select(s => s.Sentence.Text)));
    }

    // Hashtags beyond what the network likes go; those that stay keep their place.
    private static string Adapt(TextTask task)
    {
        var tags = TextWords.Hashtags(task.Text);
        var text = tags.Skip(Math.Max(0, task.MaxHashtags)).Distinct().Except(tags.Take(task.MaxHashtags)).Aggregate(task.Text, Wording.WithoutHashtag);
        return Fit(task, Wording.Tidy(text));
    }
}
