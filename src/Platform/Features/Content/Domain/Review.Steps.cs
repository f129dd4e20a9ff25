using Platform.Features.Publishing.Contracts;
using Platform.Primitives;

namespace Platform.Features.Content.Domain;

/// <summary>What people do to an approval.</summary>
public sealed partial record Review
{
    /// <summary>Submits a post: the first stage of a new round is asked.</summary>
    /// <param name="before">The approval of earlier rounds, for the history.</param>
    /// <param name="submission">What is submitted; its events are ignored.</param>
    public static Review Submit(Review? before, Review submission) => (submission with
    {
        State = ReviewState.Pending,
        Round = (before?.Round ?? 0) + 1,
        Stage = 0,
        Decisions = [],
        Events = before?.Events ?? [],
    }).Noted(new(submission.SubmittedAt, "submitted", submission.SubmittedBy, submission.SubmittedByName, submission.Version));

    /// <summary>Another wished time, while it waits.</summary>
    public Review MovedTo(DueTime? due) => this with { Due = due };

    /// <summary>
    /// Approves the stage that is asked. Conflict <c>not_waiting</c>, <c>post_changed</c> (another version than the one looked at), <c>stage_over</c>,
    /// <c>self_approval</c>; Forbidden where the person is not asked. Twice by one person is once.
    /// </summary>
    public Result<Review> Approve(Reviewer who, ReviewAnswer answer, DateTimeOffset now)
    {
        if (Against(who, answer) is { } problem) { return problem; }
        if (HasApproved(who.UserId)) { return this; }
        var stage = Stages[Stage];
        var next = (this with { Decisions = [.. Decisions, new(who.UserId, who.Name, Stage, now)] })
            .Noted(new(now, "approved", who.UserId, who.Name, Version, stage.Name, answer.Comment));
        if (next.Decisions.Count(d => d.Stage == Stage) < stage.Approvals) { return next; }
        next = next with { Stage = Stage + 1 };
        return next.Stage < Stages.Count ? next : (next with { State = ReviewState.Approved }).Noted(new(now, "completed", who.UserId, who.Name, Version));
    }

    /// <summary>Asks for changes, or says no; the same problems as <see cref="Approve"/>.</summary>
    public Result<Review> SendBack(Reviewer who, ReviewState to, ReviewAnswer answer, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(answer.Comment)) { return Problem.InvalidField("comment", "comment_missing", "Say what should change, or why not."); }
        if (Against(who, answer) is { } problem) { return problem; }
        var kind = to is ReviewState.Rejected ? "rejected" : "changesRequested";
        return (this with { State = to }).Noted(new(now, kind, who.UserId, who.Name, Version, Stages[Stage].Name, answer.Comment));
    }

    /// <summary>Ends it without an answer: withdrawn by its author, or because it was cancelled; expired at its time.</summary>
    public Review End(ReviewState state, string? byId, string by, string? why, DateTimeOffset now) => State is not ReviewState.Pending ? this
        : (this with { State = state }).Noted(new(now, state is ReviewState.Expired ? "expired" : "withdrawn", byId, by, Version, Current?.Name, why));

    /// <summary>
    /// The post was edited: what was said of the version before counts no more, and the first stage is asked. A new round where others than the first stage had been
    /// asked, or the post was approved already: then the first stage must be told.
    /// </summary>
    public Review Edited(Review fresh, DateTimeOffset now)
    {
        var again = State is not ReviewState.Pending || Stage > 0;
        var next = fresh with
        {
            State = ReviewState.Pending, Round = again ? Round + 1 : Round, Stage = 0, Decisions = [], Due = Due, Expires = State is ReviewState.Pending ? Expires : fresh.Expires,
            SubmittedBy = State is ReviewState.Pending ? SubmittedBy : fresh.SubmittedBy, SubmittedByName = State is ReviewState.Pending ? SubmittedByName : fresh.SubmittedByName,
            SubmittedAt = State is ReviewState.Pending ? SubmittedAt : fresh.SubmittedAt,
        };
        var note = new ReviewEvent(now, "edited", fresh.SubmittedBy, fresh.SubmittedByName, fresh.Version);
        // Autosaves of one person are one line.
        var kept = Events is [.., { Kind: "edited" } last] && last.ById == note.ById ? Events.Take(Events.Count - 1) : Events;
        return (next with { Events = [.. kept] }).Noted(note);
    }

    private Problem? Against(Reviewer who, ReviewAnswer answer)
    {
        if (State is not ReviewState.Pending) { return Problem.Conflict("not_waiting", "The post does not wait for approval any more. Open it to see where it stands."); }
        if (answer.Version != Version) { return Problem.Conflict("post_changed", "The post was changed since you looked at it. Look at the new version, then answer."); }
        if (answer.Stage is { } stage && stage != Stage + 1) { return Problem.Conflict("stage_over", $"The stage {stage} is not the one that is asked now."); }
        if (!Stages[Stage].Asks(who.UserId, who.Role)) { return Problem.Forbidden("You are not asked to approve this post now."); }
        return NoSelfApproval && Authors.Contains(who.UserId)
            ? new Problem(ProblemKind.Forbidden, "self_approval", "You wrote or edited this post, so somebody else must approve it.")
            : null;
    }

    private Review Noted(ReviewEvent what) => this with { Events = [.. Events.TakeLast(MaxEvents - 1), what] };
}

/// <summary>An answer to what was looked at.</summary>
/// <param name="Version">The version of the post that was looked at.</param>
/// <param name="Stage">The stage that is meant, from 1; null: whichever is asked.</param>
/// <param name="Comment">What the person says.</param>
public sealed record ReviewAnswer(long Version, int? Stage = null, string? Comment = null);
