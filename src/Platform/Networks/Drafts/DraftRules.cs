using System.Globalization;
using System.Text;

namespace Platform.Networks.Drafts;

/// <inheritdoc />
internal sealed class DraftRules : IDraftRules
{
    /// <inheritdoc />
    public TextLength Measure(NetworkLimits limits, string text, string? contentWarning = null) =>
        new(TextCounter.Count(limits, text) + Warning(limits, contentWarning), limits.MaxText, limits.Unit);

    /// <inheritdoc />
    public IReadOnlyList<DraftProblem> Check(NetworkDescriptor network, NetworkLimits limits, IReadOnlyList<DraftPart> parts, string? contentWarning = null)
    {
        if (parts.Count == 0) { return [Empty(0)]; }
        return [.. Thread(network, limits, parts.Count), .. parts.SelectMany((part, index) => Part(network, limits, part, index, contentWarning))];
    }

    private static int Warning(NetworkLimits limits, string? text) => limits.CountsWarning && text is { Length: > 0 } ? TextCounter.Plain(limits.Unit, text) : 0;

    private static IEnumerable<DraftProblem> Thread(NetworkDescriptor network, NetworkLimits limits, int count)
    {
        if (count > 1 && !network.Capabilities.HasFlag(NetworkCapabilities.Threads))
        {
            yield return new("threads_unsupported", $"{network.Name} has no threads. Put everything into one part.", 1);
        }
        else if (limits.MaxParts > 0 && count > limits.MaxParts)
        {
            yield return new("too_many_parts", $"A thread on {network.Name} has at most {limits.MaxParts} parts; this one has {count}. Join or remove some.", limits.MaxParts);
        }
    }

    private IEnumerable<DraftProblem> Part(NetworkDescriptor network, NetworkLimits limits, DraftPart part, int index, string? warning)
    {
        var found = Text(network, limits, part, index, warning).Concat(MediaRules.Check(network, limits, part.Media, index));
        return string.IsNullOrWhiteSpace(part.Text) && part.Media.Count == 0 ? found.Prepend(Empty(index)) : found;
    }

    private IEnumerable<DraftProblem> Text(NetworkDescriptor network, NetworkLimits limits, DraftPart part, int index, string? warning)
    {
        var length = Measure(limits, part.Text, warning);
        if (length.Limit > 0 && length.Length > length.Limit)
        {
            yield return new("text_too_long", $"{network.Name} takes {Number(length.Limit)} {Word(length.Unit)}; this is {Number(length.Length)}. Shorten it by {Number(length.Length - length.Limit)}.", index);
        }
        var bytes = limits.MaxTextBytes > 0 ? Encoding.UTF8.GetByteCount(part.Text) : 0;
        if (bytes > limits.MaxTextBytes)
        {
            yield return new("text_too_long", $"{network.Name} takes {Number(limits.MaxTextBytes)} bytes of text; this is {Number(bytes)}. Shorten it, or use fewer emoji.", index);
        }
        var tags = limits.MaxHashtags > 0 ? TextSpans.Marks(part.Text).Count(s => s.Kind is TextSpanKind.Hashtag) : 0;
        if (tags > limits.MaxHashtags)
        {
            yield return new("too_many_hashtags", $"{network.Name} takes {limits.MaxHashtags} hashtags; this has {tags}. Remove {tags - limits.MaxHashtags}.", index);
        }
    }

    private static DraftProblem Empty(int part) => new("empty", "There is nothing to send. Write something or add a picture.", part);

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(TextUnit unit) => unit is TextUnit.Bytes ? "bytes" : "characters";
}
