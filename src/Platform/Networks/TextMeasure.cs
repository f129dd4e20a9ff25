namespace Platform.Networks;

/// <summary>A text's length as a network counts it.</summary>
/// <param name="Length">The length in <paramref name="Unit"/>.</param>
/// <param name="Limit">The longest allowed; 0 for none.</param>
/// <param name="Unit">What is counted.</param>
public sealed record TextLength(int Length, int Limit, TextUnit Unit);

/// <summary>One thing that stands against sending a draft.</summary>
/// <param name="Code">Stable snake_case, such as <c>text_too_long</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Part">Which part of the thread, from 0.</param>
/// <param name="Blocking">False for a mere warning.</param>
public sealed record DraftProblem(string Code, string Message, int Part = 0, bool Blocking = true);

/// <summary>A part of a draft, as far as the rules look at it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Media">The media: type, size in bytes, alternative text.</param>
public sealed record DraftPart(string Text, IReadOnlyList<DraftMedia> Media);

/// <summary>A medium of a draft.</summary>
public sealed record DraftMedia(string ContentType, long Size, string AltText);

/// <summary>Counts and checks drafts against a network's limits: the one code that composer, preview, API and dispatcher use.</summary>
public interface IDraftRules
{
    /// <summary>The length of a text, with its content warning where the network counts that too.</summary>
    TextLength Measure(NetworkLimits limits, string text, string? contentWarning = null);

    /// <summary>All that stands against sending; empty where nothing does.</summary>
    IReadOnlyList<DraftProblem> Check(NetworkDescriptor network, NetworkLimits limits, IReadOnlyList<DraftPart> parts, string? contentWarning = null);
}
