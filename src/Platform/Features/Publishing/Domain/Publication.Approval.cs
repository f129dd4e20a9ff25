using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Domain;

/// <summary>What may leave: content is cleared by its fingerprint, and no other content has a way out.</summary>
public sealed partial record Publication
{
    /// <summary>Whether the content as it stands is what was cleared; computed from the content itself, not read from what was noted.</summary>
    public bool IsClearedNow => ClearedFor is { } cleared && cleared == Content.Fingerprint();

    /// <summary>Clears the content as it stands.</summary>
    public Publication Clear() => this with { ClearedFor = Content.Fingerprint(), Cleared = true };

    /// <summary>Waits for approval, to go out at a time or (null) as soon as it is approved.</summary>
    public Result<Publication> Await(DueTime? due, bool expires, string by, DateTimeOffset now) => State switch
    {
        Published => Problem.Conflict("already_published", "It is published already. Make a copy to publish it again."),
        PublicationState.Publishing or Unconfirmed => AlreadySending,
        _ => Waits(due, expires, due is null ? "Waits for approval, to go out as soon as it is approved." : $"Waits for approval, for {due.LocalTime.Replace('T', ' ')} ({due.TimeZone}).", by, now),
    };

    /// <summary>Approved: cleared as it stands, and on its way at its time. Conflict <c>not_waiting</c>; <c>approval_late</c> where the wait ended at its time.</summary>
    public Result<Publication> Approve(DueTime atOnce, string by, DateTimeOffset now)
    {
        if (State is not AwaitingApproval) { return Problem.Conflict("not_waiting", "It does not wait for approval."); }
        if (IsApprovalLate(now)) { return Problem.Conflict("approval_late", $"Its time, {Due!.LocalTime.Replace('T', ' ')} ({Due.TimeZone}), has passed. It must be given another time and submitted again."); }
        var due = Due is { } wished && wished.At > now ? Due : atOnce;
        return (Clear() with { ExpiresUnapproved = false }).Armed(due, due.At, $"Approved. Scheduled for {due.LocalTime.Replace('T', ' ')} ({due.TimeZone}).", by, now);
    }

    /// <summary>Whether the wait for approval has ended at its time.</summary>
    public bool IsApprovalLate(DateTimeOffset now) => State is AwaitingApproval && ExpiresUnapproved && Due?.At <= now;

    /// <summary>Its time came before the approval.</summary>
    public Publication Expire(DateTimeOffset now) => !IsApprovalLate(now) ? this : Disarmed(Missed,
        new("approval_late", "Its time came before it was approved.", "Give it another time and submit it again."), "Not approved in time: it does not go out.", "approval", now);

    /// <summary>Not approved, or taken back: a draft again. A thread of which parts are out cannot be a draft; it stays stopped.</summary>
    public Publication TakeBack(string reason, string by, DateTimeOffset now) => State is not AwaitingApproval ? this
        : Sent.Count > 0 ? Uncleared().Disarmed(Failed, new("not_approved", reason, "Edit it and submit it again."), reason, by, now)
        : Uncleared().Disarmed(Draft, null, reason, by, now) with { Due = null };

    /// <summary>Found at the last moment: what would leave is not what was cleared.</summary>
    public Publication Stopped(DateTimeOffset now) =>
        Waits(Due, expires: false, "Stopped before it was sent: its content is not what was approved.", Dispatcher, now);

    private Publication Waits(DueTime? due, bool expires, string reason, string by, DateTimeOffset now) =>
        Uncleared().Disarmed(AwaitingApproval, null, reason, by, now) with { Due = due, Strikes = new(), ExpiresUnapproved = expires && due is not null };

    private Publication Uncleared() => this with { ClearedFor = null, Cleared = false };
}
