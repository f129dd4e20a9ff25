namespace Platform.Features.Agents.Contracts;

/// <summary>The agents that are built. Wire names are camelCase.</summary>
public enum AgentName
{
    /// <summary>Writes: drafts, variants, hashtags.</summary>
    Content,

    /// <summary>Finds times.</summary>
    Scheduler,
}

/// <summary>What a run does.</summary>
public enum RunKind
{
    /// <summary>A draft from a brief or a page.</summary>
    DraftPost,

    /// <summary>A better wording.</summary>
    ImprovePost,

    /// <summary>A shorter text.</summary>
    ShortenPost,

    /// <summary>A text for each network.</summary>
    MakeVariants,

    /// <summary>Hashtags.</summary>
    SuggestHashtags,

    /// <summary>Times to publish.</summary>
    SuggestTimes,

    /// <summary>Drafts with times for a week.</summary>
    PlanWeek,
}

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>Is at work.</summary>
    Running,

    /// <summary>Has made something.</summary>
    Succeeded,

    /// <summary>Could not; the error says why.</summary>
    Failed,

    /// <summary>Was stopped by a person.</summary>
    Cancelled,
}

/// <summary>One thing a run was given, by name.</summary>
public sealed record RunField(string Name, string Value);

/// <summary>Something a run drew on.</summary>
/// <param name="Kind">page, channel, post, publication.</param>
/// <param name="Id">The record's id; empty for a page.</param>
/// <param name="Title">Words for people.</param>
/// <param name="Url">Where it is, if it is on the web.</param>
public sealed record RunSource(string Kind, string Id, string Title, string? Url = null);

/// <summary>What answered.</summary>
public sealed record RunModel(string Provider, string Model, bool Offline);

/// <summary>Why a run failed.</summary>
public sealed record RunError(string Code, string Message);

/// <summary>What a person thinks of a run: 1 to 5.</summary>
public sealed record RunRating(int Stars, string Note, string ByUserId, DateTimeOffset At);

/// <summary>A run as others see it.</summary>
public sealed record RunView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Which agent.</summary>
    public required AgentName Agent { get; init; }

    /// <summary>What it does.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>What it was given.</summary>
    public required IReadOnlyList<RunField> Input { get; init; }

    /// <summary>What it made, as plain text.</summary>
    public string Output { get; init; } = "";

    /// <summary>What it drew on.</summary>
    public IReadOnlyList<RunSource> Sources { get; init; } = [];

    /// <summary>What answered; null where nothing was asked.</summary>
    public RunModel? Model { get; init; }

    /// <summary>Tokens sent.</summary>
    public long TokensIn { get; init; }

    /// <summary>Tokens answered.</summary>
    public long TokensOut { get; init; }

    /// <summary>Whether the tokens are estimated because the service did not say.</summary>
    public bool TokensEstimated { get; init; }

    /// <summary>Millionths of a US dollar; null where the model's price is not known.</summary>
    public long? CostMicroUsd { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>What it is doing.</summary>
    public string Message { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public RunError? Error { get; init; }

    /// <summary>Who asked, by id; null for the product itself.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Who asked, by name.</summary>
    public string CreatedByName { get; init; } = "";

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How long it worked, in milliseconds; null while it works.</summary>
    public long? DurationMs => EndedAt is { } end && StartedAt is { } start ? (long)(end - start).TotalMilliseconds : null;

    /// <summary>What a person thinks of it.</summary>
    public RunRating? Rating { get; init; }
}
