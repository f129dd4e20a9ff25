using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Domain;

/// <summary>Where the approval of a post stands. Wire names are camelCase.</summary>
public enum ReviewState
{
    /// <summary>Somebody is asked.</summary>
    Pending,

    /// <summary>All stages are done.</summary>
    Approved,

    /// <summary>An approver asked for changes; the author submits again.</summary>
    ChangesRequested,

    /// <summary>An approver said no.</summary>
    Rejected,

    /// <summary>Taken back: by the author, or because it was cancelled, unscheduled or deleted.</summary>
    Withdrawn,

    /// <summary>Its time came first.</summary>
    Expired,
}

/// <summary>A person who may be asked.</summary>
public sealed record Reviewer(string UserId, string Name, Role Role);

/// <summary>One approval.</summary>
public sealed record ReviewDecision(string UserId, string Name, int Stage, DateTimeOffset At);

/// <summary>One line of the history.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">submitted, approved, changesRequested, rejected, withdrawn, expired, edited, completed.</param>
/// <param name="ById">Who; null for the product itself.</param>
/// <param name="By">Their name.</param>
/// <param name="Version">The version of the post that it was about.</param>
/// <param name="Stage">The stage's name, where it was in one.</param>
/// <param name="Comment">What they said.</param>
public sealed record ReviewEvent(DateTimeOffset At, string Kind, string? ById, string By, long Version, string? Stage = null, string? Comment = null);

/// <summary>
/// The approval of a post: one a post, over all its rounds. A value; each transition returns the next one or the problem that stands against it. It is bound to one
/// version of the post: what is approved is what was looked at.
/// </summary>
public sealed partial record Review
{
    /// <summary>How many events are kept.</summary>
    public const int MaxEvents = 200;

    /// <summary>Where it stands.</summary>
    public ReviewState State { get; init; }

    /// <summary>Grows with every submission, and when an edit sends a later stage back to the first.</summary>
    public int Round { get; init; }

    /// <summary>The version of the post that it is about.</summary>
    public required long Version { get; init; }

    /// <summary>The stages, as the rules had them when it was submitted.</summary>
    public required IReadOnlyList<ApprovalStage> Stages { get; init; }

    /// <summary>Which stage is asked, from 0; as many as there are stages when all are done.</summary>
    public int Stage { get; init; }

    /// <summary>The approvals of this version.</summary>
    public IReadOnlyList<ReviewDecision> Decisions { get; init; } = [];

    /// <summary>Who wrote the post and who edited it last.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>Whether <see cref="Authors"/> do not count.</summary>
    public bool NoSelfApproval { get; init; }

    /// <summary>Whether an edit takes the approval back, whoever makes it.</summary>
    public bool EditsReset { get; init; }

    /// <summary>Whether the wait ends at the time.</summary>
    public bool Expires { get; init; }

    /// <summary>The channels that it is for.</summary>
    public required IReadOnlyList<string> ChannelIds { get; init; }

    /// <summary>Who submitted it.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Their name.</summary>
    public required string SubmittedByName { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it is to go out; null: as soon as it is approved.</summary>
    public DueTime? Due { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<ReviewEvent> Events { get; init; } = [];

    /// <summary>The stage that is asked; null where none is.</summary>
    public ApprovalStage? Current => State is ReviewState.Pending && Stage < Stages.Count ? Stages[Stage] : null;

    /// <summary>Whether this person is asked now, and has not answered.</summary>
    public bool Asks(Reviewer who) => Current is { } stage && stage.Asks(who.UserId, who.Role) && !HasApproved(who.UserId) && !(NoSelfApproval && Authors.Contains(who.UserId));

    /// <summary>Whether a reviewer from outside may see the post: it waits, and the stage that is asked asks them (whether they have answered or not).</summary>
    public bool IsOpenTo(Reviewer who) => Current is { } stage && stage.Asks(who.UserId, who.Role);

    /// <summary>Whether this person has approved in the stage that is asked.</summary>
    public bool HasApproved(string userId) => Decisions.Any(d => d.UserId == userId && d.Stage == Stage);
}
