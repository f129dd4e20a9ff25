using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Domain;

/// <summary>What people (and features on their behalf) do to a publication.</summary>
public sealed partial record Publication
{
    /// <summary>A new one, with no time.</summary>
    public static Publication Create(string postId, PlannedPublication plan, string by, DateTimeOffset now) =>
        new Publication { PostId = postId, ChannelId = plan.ChannelId, Network = plan.Network, Content = plan.Content }.Noted("Written.", by, now);

    /// <summary>Gives it a time, or another one. What failed, was missed or was cancelled starts again; parts that are out stay out.</summary>
    public Result<Publication> Schedule(DueTime due, string by, DateTimeOffset now) => State switch
    {
        Published => Problem.Conflict("already_published", "It is published already. Make a copy to publish it again."),
        PublicationState.Publishing or Unconfirmed => AlreadySending,
        _ => Armed(due, due.At, $"Scheduled for {due.LocalTime.Replace('T', ' ')} ({due.TimeZone}).", by, now),
    };

    /// <summary>Moves a scheduled one to another time.</summary>
    public Result<Publication> Move(DueTime due, string by, DateTimeOffset now) => State switch
    {
        Scheduled or AwaitingApproval when Sent.Count == 0 => (State is Scheduled ? Armed(due, due.At, "", by, now) : this with { Due = due })
            .Renoted($"Moved from {Due?.LocalTime.Replace('T', ' ')} to {due.LocalTime.Replace('T', ' ')} ({due.TimeZone}).", by, now, State),
        PublicationState.Publishing or Unconfirmed or Published => AlreadySending,
        _ => Problem.Conflict("not_scheduled", "Only a scheduled publication can be moved. Schedule it first."),
    };

    /// <summary>Takes the time away; it is a draft again.</summary>
    public Result<Publication> Unschedule(string by, DateTimeOffset now) =>
        !IsUntouched ? AlreadySending
        : State is Draft ? this
        : Uncleared().Disarmed(Draft, null, "Taken off the schedule.", by, now) with { Due = null };

    /// <summary>Takes it back before anything was sent.</summary>
    public Result<Publication> Cancel(string by, DateTimeOffset now) => State switch
    {
        Cancelled => this,
        Published => Problem.Conflict("already_published", "It is published already and can no longer be cancelled. Delete it on the network."),
        _ when !IsUntouched => AlreadySending,
        _ => Uncleared().Disarmed(Cancelled, null, "Cancelled.", by, now),
    };

    /// <summary>Sends again what failed, was missed, is held or was cancelled; a thread goes on where it stopped.</summary>
    public Result<Publication> Retry(DueTime due, string by, DateTimeOffset now) => State switch
    {
        Failed or Missed or Held or Cancelled => Armed(due, due.At, "Sent again by hand.", by, now),
        Published => Problem.Conflict("already_published", "It is published already."),
        Unconfirmed => Problem.Conflict("needs_confirmation", "It may be out already. Look on the network, then say whether it is there."),
        PublicationState.Publishing => AlreadySending,
        _ => Problem.Conflict("not_failed", "Only what failed, was missed, is held or was cancelled can be sent again."),
    };

    /// <summary>A person saw that the part whose answer was lost is there.</summary>
    public Result<Publication> ConfirmThere(string? url, string by, DateTimeOffset now)
    {
        if (State is not Unconfirmed) { return NothingToConfirm; }
        var last = Attempts[^1];
        var seen = this with { Sent = [.. Sent, new SentPart("", url, null)], Attempts = Ended("found", "Seen by a person.", now), Strikes = new(), Error = null };
        return last.Part == Content.Parts.Count - 1
            ? seen.Disarmed(Published, null, "A person saw it on the network.", by, now) with { PublishedAt = last.EndedAt ?? last.StartedAt }
            : seen.Disarmed(Failed, new("thread_incomplete", "The thread stopped after a part whose answer was lost; the next part cannot be tied to it.", "Post the rest of the thread by hand."), "A person saw the part; the thread cannot go on by itself.", by, now);
    }

    /// <summary>A person saw that it is not there: it is sent again.</summary>
    public Result<Publication> ConfirmAbsent(DueTime due, string by, DateTimeOffset now) => State is not Unconfirmed ? NothingToConfirm
        : (this with { Attempts = Ended("absent", "A person looked: it is not there.", now) }).Armed(due, now, "A person saw that it is not there: sent again.", by, now);

    /// <summary>
    /// Other content, before anything was sent; of a thread that has stopped, other parts than those that are out. What was cleared is cleared as it is now
    /// where nobody need approve; else it must be approved again, and waits for that where it had a time.
    /// </summary>
    public Result<Publication> Edit(PublicationContent content, ApprovalNeed? need, string by, DateTimeOffset now)
    {
        if (!IsUntouched && !(State is Failed or Held && KeepsWhatIsOut(content))) { return AlreadySending; }
        var next = this with { Content = content };
        if (need is null) { return (Cleared ? next.Clear() : next).Noted("Edited.", by, now); }
        return next.MustWaitAgain ? next.AwaitAgain(need, by, now) : next.Uncleared().Noted("Edited.", by, now);
    }

    /// <summary>The post was edited: what has a time waits for approval again.</summary>
    public Publication AwaitAgain(ApprovalNeed need, string by, DateTimeOffset now) =>
        !MustWaitAgain ? this : Waits(Due, need.Expires, "Edited: it must be approved again.", by, now);

    private bool MustWaitAgain => State is Scheduled or Held && Sent.Count == 0;

    /// <summary>Waits for the channel. What is being sent or has no time yet is left alone.</summary>
    public Publication Hold(PublicationError error, string by, DateTimeOffset now, TimeSpan? lookAgain = null) =>
        State is not (Scheduled or PublicationState.Publishing or Held) || IsSending || Processing is not null ? this
        : Disarmed(Held, error, error.Message, by, now) with { WakeAt = now + lookAgain };

    /// <summary>Goes on after being held: by its time, or missed where that is too long ago.</summary>
    public Publication Release(TimeSpan grace, string by, DateTimeOffset now)
    {
        if (State is not Held || Due is null) { return this; }
        return Sent.Count == 0 && now > Due.At + grace ? Miss(by, now) : Armed(Due, Later(Due.At, now), "Goes on.", by, now);
    }

    private bool KeepsWhatIsOut(PublicationContent content) => content.Parts.Count > Sent.Count
        && Content.Parts.Take(Sent.Count).Zip(content.Parts).All(pair => pair.First.Text == pair.Second.Text && pair.First.Media.SequenceEqual(pair.Second.Media));

    private static Problem NothingToConfirm => Problem.Conflict("nothing_to_confirm", "Its outcome is known already. Open it to see where it stands.");

    private static DateTimeOffset Later(DateTimeOffset due, DateTimeOffset now) => due > now ? due : now;

    // The only way to be sent. What is not cleared cannot take it.
    private Publication Armed(DueTime due, DateTimeOffset wakeAt, string reason, string by, DateTimeOffset now) => !IsClearedNow
        ? Waits(due, expires: false, "Waits for approval.", by, now)
        : (this with { Due = due, WakeAt = wakeAt, NextAttemptAt = null, Lease = null, Error = null, Strikes = new(), Processing = null }).To(Waiting, reason, by, now);

    private Publication Disarmed(PublicationState state, PublicationError? error, string reason, string by, DateTimeOffset now)
    {
        var next = (this with { WakeAt = null, NextAttemptAt = null, Lease = null, Processing = null, Error = error }).To(state, reason, by, now);
        return error is null || next.Events == Events ? next : next with { Outbox = [.. next.Outbox.SkipLast(1), next.Outbox[^1] with { Error = error }] };
    }

    private Publication Noted(string reason, string by, DateTimeOffset now) => To(State, reason, by, now);

    // A move is one line in the ledger, in its own words.
    private Publication Renoted(string reason, string by, DateTimeOffset now, PublicationState state)
    {
        var moved = State == state && Ledger is [.., { Reason: "" }] ? this with { Ledger = [.. Ledger.SkipLast(1)], Revision = Revision - 1 } : this;
        return moved.To(state, reason, by, now);
    }
}
