using Platform.Features.Publishing.Contracts;
using Platform.Primitives;

namespace Platform.Features.Publishing.Domain;

/// <summary>
/// One post on one channel: what is sent, when, what came of it, and the journal that explains it. A value: every transition returns the next one
/// or the problem that stands against it, and is stored in one atomic write, so that claim, intent and result can never be half there.
/// </summary>
public sealed partial record Publication
{
    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>What is sent.</summary>
    public required PublicationContent Content { get; init; }

    /// <summary>Where it stands.</summary>
    public PublicationState State { get; init; } = PublicationState.Draft;

    /// <summary>When it is to go out.</summary>
    public DueTime? Due { get; init; }

    /// <summary>When the dispatcher must look at it; null where there is nothing for it to do. The one thing that claims are made by.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The fingerprint of the content that may leave: stamped by the last approval, or on scheduling where nobody need approve. Null: nothing may.</summary>
    public string? ClearedFor { get; init; }

    /// <summary>Whether <see cref="Content"/> is what was cleared. Claims are made by this too, so that nothing unapproved leaves whatever else went wrong.</summary>
    public bool Cleared { get; init; }

    /// <summary>Whether its wait for approval ends at its time.</summary>
    public bool ExpiresUnapproved { get; init; }

    /// <summary>When the next attempt comes, where that is not the due time.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Grows with every transition, not with claims; the version that people see.</summary>
    public long Revision { get; init; }

    /// <summary>Grows with every claim. A worker whose epoch is not the stored one has lost the publication.</summary>
    public long Epoch { get; init; }

    /// <summary>Who works on it.</summary>
    public Lease? Lease { get; init; }

    /// <summary>Every outbound call; the last may be open.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>The parts that are out, in order.</summary>
    public IReadOnlyList<SentPart> Sent { get; init; } = [];

    /// <summary>When the last part was out.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Why it is not out.</summary>
    public PublicationError? Error { get; init; }

    /// <summary>What counts towards giving up.</summary>
    public Strikes Strikes { get; init; } = new();

    /// <summary>What the network processes, where it answered that it would.</summary>
    public Processing? Processing { get; init; }

    /// <summary>Every change of state.</summary>
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>Changes that others have not been told of.</summary>
    public IReadOnlyList<OutboxEvent> Outbox { get; init; } = [];

    /// <summary>When the outbox is to be looked at; null where it is empty.</summary>
    public DateTimeOffset? OutboxAt { get; init; }

    /// <summary>How many events there ever were: lets the relay clear exactly what it has delivered.</summary>
    public long Events { get; init; }

    /// <summary>Whether a call is out whose answer is not stored.</summary>
    public bool IsSending => Attempts is [.., { EndedAt: null }] && Processing is null;

    /// <summary>Whether nothing of it has left and nothing is leaving: it may be edited, moved, cancelled.</summary>
    public bool IsUntouched => Sent.Count == 0 && State is not (PublicationState.Publishing or PublicationState.Published or PublicationState.Unconfirmed);

    /// <summary>The state while it waits for its next attempt: once a part is out it never looks merely scheduled again.</summary>
    private PublicationState Waiting => Sent.Count > 0 ? PublicationState.Publishing : PublicationState.Scheduled;

    private static Problem AlreadySending => Problem.Conflict("already_sending", "It is being sent or was sent already, so it can no longer be changed. Open it to see where it stands.");

    // Every change of state goes through here, so the ledger always ends with the state it explains.
    private Publication To(PublicationState state, string reason, string by, DateTimeOffset now)
    {
        var next = this with { State = state, Revision = Revision + 1, Ledger = [.. Ledger, new LedgerEntry(now, state, reason, by)] };
        // "Publishing" lasts a moment and is announced by a signal; only what lasts is worth a durable event.
        return state == State || state is PublicationState.Publishing ? next : next with
        {
            Outbox = [.. Outbox, new OutboxEvent(Ids.New(now), State, state, now, null, null)],
            OutboxAt = now,
            Events = Events + 1,
        };
    }
}

/// <summary>Who works on a publication.</summary>
/// <param name="Node">The data folder's id: leases of a node that has died and come back are freed at its start.</param>
/// <param name="Worker">The process.</param>
/// <param name="Until">When the claim ends.</param>
public sealed record Lease(string Node, string Worker, DateTimeOffset Until);

/// <summary>One outbound call.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Part">From 0.</param>
/// <param name="Epoch">The claim under which it was made.</param>
/// <param name="StartedAt">When the intent was stored.</param>
/// <param name="EndedAt">When the outcome was stored; null while unknown.</param>
/// <param name="Outcome">As in <see cref="AttemptView.Outcome"/>.</param>
/// <param name="Detail">What the network said.</param>
public sealed record Attempt(int Number, int Part, long Epoch, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string Outcome, string? Detail)
{
    /// <summary>Whether it changed what is out instead of sending.</summary>
    public bool IsEdit { get; init; }
}

/// <summary>A part that is out.</summary>
public sealed record SentPart(string Id, string? Url, string? Revision);

/// <summary>What a network said it is processing.</summary>
public sealed record Processing(string Handle, DateTimeOffset Since);

/// <summary>What counts towards giving up; reset when a person acts or a part is out.</summary>
/// <param name="Failures">Sends surely not accepted, in a row.</param>
/// <param name="RateLimits">Refusals for speed, in a row.</param>
/// <param name="Refreshes">Token refreshes for the part at hand.</param>
/// <param name="Lookups">Look-ups of the lost answer at hand.</param>
/// <param name="Stumbles">Errors of our own, in a row.</param>
public sealed record Strikes(int Failures = 0, int RateLimits = 0, int Refreshes = 0, int Lookups = 0, int Stumbles = 0);

/// <summary>A change that others are told of.</summary>
/// <param name="Key">Unique; stays the same over repeats.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="At">When.</param>
/// <param name="Error">Why it is not out.</param>
/// <param name="Waiting">The observers that still must hear it; null: all.</param>
public sealed record OutboxEvent(string Key, PublicationState From, PublicationState To, DateTimeOffset At, PublicationError? Error, IReadOnlyList<string>? Waiting);
