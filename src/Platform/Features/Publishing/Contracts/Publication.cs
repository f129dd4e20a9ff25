using Platform.Networks;

namespace Platform.Features.Publishing.Contracts;

/// <summary>Where a publication stands. Wire names are camelCase.</summary>
public enum PublicationState
{
    /// <summary>Written, no time yet.</summary>
    Draft,

    /// <summary>Has a time, and someone must still approve.</summary>
    AwaitingApproval,

    /// <summary>Will be sent at its time.</summary>
    Scheduled,

    /// <summary>A worker has it, or a network is still processing it.</summary>
    Publishing,

    /// <summary>Out.</summary>
    Published,

    /// <summary>Sent, and the answer is lost: it may be out. A look-up or a person decides.</summary>
    Unconfirmed,

    /// <summary>Waits for the channel: the token has ended, or the channel is paused.</summary>
    Held,

    /// <summary>Its time passed by more than the grace period while nothing could be sent; a person decides.</summary>
    Missed,

    /// <summary>Refused for good, or out of attempts.</summary>
    Failed,

    /// <summary>Taken back before it was sent.</summary>
    Cancelled,
}

/// <summary>An instant, with the wall clock and the zone it was chosen in.</summary>
/// <param name="At">The instant, UTC.</param>
/// <param name="LocalTime">The wall-clock time chosen, <c>yyyy-MM-ddTHH:mm:ss</c>.</param>
/// <param name="TimeZone">The IANA zone.</param>
public sealed record DueTime(DateTimeOffset At, string LocalTime, string TimeZone);

/// <summary>A publication as others see it.</summary>
public sealed record PublicationView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Grows with every change.</summary>
    public required long Version { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>Where it stands.</summary>
    public required PublicationState State { get; init; }

    /// <summary>What is or was sent.</summary>
    public required PublicationContent Content { get; init; }

    /// <summary>What is out now, where a text was changed on the network after it was sent; null where none was.</summary>
    public PublicationContent? Changed { get; init; }

    /// <summary>What is out, or will be.</summary>
    public PublicationContent Out => Changed ?? Content;

    /// <summary>When a text was last changed on the network; null where none was.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Whether the outcome of such a change is still being found out.</summary>
    public bool IsEditing { get; init; }

    /// <summary>When it is to be sent.</summary>
    public DueTime? Due { get; init; }

    /// <summary>When the next attempt is due, where that differs.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The posts on the network, one a part that is out.</summary>
    public IReadOnlyList<RemotePost> Remote { get; init; } = [];

    /// <summary>Why it is not out, where it should be.</summary>
    public PublicationError? Error { get; init; }

    /// <summary>Every outbound call.</summary>
    public IReadOnlyList<AttemptView> Attempts { get; init; } = [];

    /// <summary>Every change of state, oldest first, in words: the ledger that explains it.</summary>
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];
}

/// <summary>Why a publication is not out.</summary>
/// <param name="Code">Stable snake_case.</param>
/// <param name="Message">What happened.</param>
/// <param name="Action">What the person can do.</param>
public sealed record PublicationError(string Code, string Message, string Action);

/// <summary>One outbound call and its outcome.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Part">Which part, from 0.</param>
/// <param name="StartedAt">When the intent was stored, before the first byte.</param>
/// <param name="EndedAt">When the outcome was stored; null while unknown.</param>
/// <param name="Outcome">sending, published, editing, edited, pending, rejected, rateLimited, authExpired, needsReconnect, transient, unknown, withdrawn, billingRequired, found, absent.</param>
/// <param name="Detail">What the network said, without secrets.</param>
/// <param name="IsEdit">Whether it changed what is out instead of sending.</param>
public sealed record AttemptView(int Number, int Part, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Detail, bool IsEdit = false);

/// <summary>One change of state.</summary>
public sealed record LedgerEntry(DateTimeOffset At, PublicationState State, string Reason, string By);
