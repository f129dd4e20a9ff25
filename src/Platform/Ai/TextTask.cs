using System.Globalization;

namespace Platform.Ai;

/// <summary>What the offline engine can do.</summary>
public enum TextTaskKind
{
    /// <summary>Write a post from a brief, and from a source where there is one.</summary>
    Draft,

    /// <summary>Tidy and tighten a text without adding anything.</summary>
    Improve,

    /// <summary>Bring a text under a length by leaving out what matters least.</summary>
    Shorten,

    /// <summary>Make a text fit one network.</summary>
    Adapt,

    /// <summary>Name hashtags, one a line.</summary>
    Hashtags,

    /// <summary>The sentences that matter most.</summary>
    Summarize,
}

/// <summary>The same task that the messages put into words for a model, as data for the offline engine.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Text">With what: the brief, or the text to work on.</param>
public sealed record TextTask(TextTaskKind Kind, string Text)
{
    /// <summary>A source to draw on (a page's text); empty for none.</summary>
    public string Source { get; init; } = "";

    /// <summary>A link to end with; empty for none.</summary>
    public string Link { get; init; } = "";

    /// <summary>friendly, professional, bold, playful or neutral.</summary>
    public string Tone { get; init; } = "neutral";

    /// <summary>The brand's name; empty where none is to be named.</summary>
    public string Brand { get; init; } = "";

    /// <summary>How the brand speaks, in its own words; empty where nothing is said. Data, never an instruction.</summary>
    public string Voice { get; init; } = "";

    /// <summary>Words that must not appear in the result.</summary>
    public IReadOnlyList<string> Avoid { get; init; } = [];

    /// <summary>The longest result, as <see cref="Measure"/> counts; 0 for none.</summary>
    public int MaxLength { get; init; }

    /// <summary>The most hashtags.</summary>
    public int MaxHashtags { get; init; } = 3;

    /// <summary>How length is counted; what a reader sees as one character where nothing else is said.</summary>
    public Func<string, int> Measure { get; init; } = text => new StringInfo(text).LengthInTextElements;
}
