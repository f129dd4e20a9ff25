namespace Platform.Features.Agents.Contracts;

/// <summary>What a suggestion offers.</summary>
public enum SuggestionKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text for each network.</summary>
    Variants,

    /// <summary>Hashtags.</summary>
    Hashtags,

    /// <summary>Times.</summary>
    Times,

    /// <summary>A whole post with channels and a time.</summary>
    Post,
}

/// <summary>What became of a suggestion.</summary>
public enum SuggestionState
{
    /// <summary>Nobody has decided.</summary>
    Open,

    /// <summary>Taken as it was.</summary>
    Accepted,

    /// <summary>Taken with changes.</summary>
    Edited,

    /// <summary>Turned down.</summary>
    Rejected,
}

/// <summary>How sure an agent can be, computed from data and never from a model's word.</summary>
/// <param name="Value">0 to 1.</param>
/// <param name="SampleSize">How many records or checks it rests on.</param>
/// <param name="Explanation">How it was computed, in words.</param>
public sealed record Confidence(double Value, int SampleSize, string Explanation);

/// <summary>How a text stands to one network's limit: counted and checked by the code that the dispatcher uses.</summary>
/// <param name="ChannelId">The channel; null where only a network was named.</param>
/// <param name="Network">The network's key.</param>
/// <param name="Length">The length as the network counts.</param>
/// <param name="Limit">The longest allowed; 0 for none.</param>
/// <param name="Fits">Whether nothing stands against sending the text.</param>
/// <param name="Problems">What does.</param>
public sealed record TargetFit(string? ChannelId, string Network, int Length, int Limit, bool Fits, IReadOnlyList<string> Problems);

/// <summary>A text for one network.</summary>
public sealed record SuggestedVariant(string Text, TargetFit Fit);

/// <summary>A time for one channel.</summary>
public sealed record SuggestedTime
{
    /// <summary>The channel; null where it is for all of the suggestion's channels together.</summary>
    public string? ChannelId { get; init; }

    /// <summary>The instant.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The same on the wall, <c>yyyy-MM-ddTHH:mm:ss</c>.</summary>
    public required string LocalTime { get; init; }

    /// <summary>The IANA zone of the wall.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The expected engagement against the channel's average: 1 is average.</summary>
    public required double Lift { get; init; }

    /// <summary>How many of the channel's own posts went out in this hour of this weekday.</summary>
    public required int SampleSize { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>How sure.</summary>
    public required Confidence Confidence { get; init; }
}

/// <summary>A suggestion as others see it.</summary>
public sealed record SuggestionView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The run that made it.</summary>
    public required string RunId { get; init; }

    /// <summary>Which agent.</summary>
    public required AgentName Agent { get; init; }

    /// <summary>What it offers.</summary>
    public required SuggestionKind Kind { get; init; }

    /// <summary>What became of it.</summary>
    public required SuggestionState State { get; init; }

    /// <summary>The text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The texts by network.</summary>
    public IReadOnlyList<SuggestedVariant> Variants { get; init; } = [];

    /// <summary>The channels it is for.</summary>
    public IReadOnlyList<string> ChannelIds { get; init; } = [];

    /// <summary>The times.</summary>
    public IReadOnlyList<SuggestedTime> Times { get; init; } = [];

    /// <summary>How the text stands to each network.</summary>
    public IReadOnlyList<TargetFit> Fits { get; init; } = [];

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>What it rests on.</summary>
    public IReadOnlyList<RunSource> Sources { get; init; } = [];

    /// <summary>How sure.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>What answered; null where no model was asked.</summary>
    public RunModel? Model { get; init; }

    /// <summary>The post that came of it, or that it is about.</summary>
    public string? PostId { get; init; }

    /// <summary>Who decided, by name.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was turned down, if that was said.</summary>
    public string? DecisionNote { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
