using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Domain;

/// <summary>
/// Another text for what is out. The intent is stored before the call like that of a send; what is recorded as out changes only when the network has the new text.
/// <see cref="Content"/> stays what was planned and sent, so that the post and its publications still agree.
/// </summary>
public sealed partial record Publication
{
    /// <summary>The texts that replaced others on the network, oldest first.</summary>
    public IReadOnlyList<EditedText> Edits { get; init; } = [];

    /// <summary>The change whose outcome is not known yet; null where there is none.</summary>
    public OpenEdit? Editing { get; init; }

    /// <summary>When the open change must be looked up; null where there is none.</summary>
    public DateTimeOffset? EditAt { get; init; }

    /// <summary>The text of a part as it is on the network.</summary>
    public string TextOut(int part) => Edits.LastOrDefault(e => e.Part == part)?.Text ?? Content.Parts[part].Text;

    /// <summary>What is out, or would go out.</summary>
    public PublicationContent ContentOut => Edits.Count == 0 ? Content : Content with { Parts = [.. Content.Parts.Select((p, i) => p with { Text = TextOut(i) })] };

    /// <summary>The intent: stored before the first byte of the change leaves. Conflict <c>not_published</c>, <c>edit_open</c>; NotFound for a part that there is not.</summary>
    public Result<Publication> BeginEdit(int part, string text, string by, PublishingPolicy policy, DateTimeOffset now)
    {
        if (State is not Published) { return Problem.Conflict("not_published", "It is not out yet. Edit the post instead."); }
        if (part < 0 || part >= Sent.Count) { return Problem.NotFound("part"); }
        if (Editing is not null) { return Problem.Conflict("edit_open", "Another change of it is still being settled. Try again in a minute."); }
        return Calling(new OpenEdit(part, text, by), policy, now);
    }

    /// <summary>The token had ended: called once more with a new one, under an attempt of its own.</summary>
    public Publication EditAgain(string detail, PublishingPolicy policy, DateTimeOffset now) =>
        (this with { Attempts = Ended("authExpired", detail, now) }).Calling(Editing!, policy, now);

    /// <summary>The network has the new text.</summary>
    public Publication EditDone(string outcome, DateTimeOffset now)
    {
        var edit = Editing!;
        var next = this with { Attempts = Ended(outcome, null, now), Edits = [.. Edits, new EditedText(edit.Part, edit.Text, now, edit.By)] };
        return next.Settled(outcome == "found" ? "The new text was found on the network." : "The text on the network was changed.", edit.By, now);
    }

    /// <summary>The network did not take it: what is out is what was out.</summary>
    public Publication EditFailed(string outcome, string detail, DateTimeOffset now) =>
        (this with { Attempts = Ended(outcome, detail, now) }).Settled($"The text was not changed: {detail}", Editing!.By, now);

    /// <summary>Sent, and the answer is lost: the network is asked what it shows.</summary>
    public Publication EditLost(string detail, PublishingPolicy policy, DateTimeOffset now) =>
        (this with { Attempts = Ended("unknown", detail, now), EditAt = now + policy.LookupDelay(0) }).Noted($"The answer is lost ({detail}): the text may have been changed. It is looked up.", Editing!.By, now);

    /// <summary>Could not be found out this time; in the end it is left to a person, and the old text stays recorded.</summary>
    public Publication EditUnsure(string detail, PublishingPolicy policy, DateTimeOffset now)
    {
        var lookups = Editing!.Lookups + 1;
        var ended = Attempts[^1].EndedAt is null ? this with { Attempts = Ended("unknown", detail, now) } : this;
        return lookups < policy.MaxLookups
            ? ended with { Editing = Editing with { Lookups = lookups }, EditAt = now + policy.LookupDelay(lookups) }
            : ended.Settled($"Could not be found out ({detail}). Look on the network; changing it again does no harm.", Editing.By, now);
    }

    // A process that dies in the call leaves this behind; after the lease it is looked up.
    private Publication Calling(OpenEdit edit, PublishingPolicy policy, DateTimeOffset now)
    {
        var attempt = new Attempt(Attempts.Count + 1, edit.Part, Epoch, now, null, "editing", null) { IsEdit = true };
        return (this with { Editing = edit, EditAt = now + policy.Lease, Attempts = [.. Attempts, attempt] }).Noted($"Changing the text on the network, attempt {attempt.Number}.", edit.By, now);
    }

    private Publication Settled(string reason, string by, DateTimeOffset now) => (this with { Editing = null, EditAt = null }).Noted(reason, by, now);
}

/// <summary>A text that replaced another on the network.</summary>
/// <param name="Part">From 0.</param>
/// <param name="Text">The new text.</param>
/// <param name="At">When it was known to be there.</param>
/// <param name="By">Who wrote it.</param>
public sealed record EditedText(int Part, string Text, DateTimeOffset At, string By);

/// <summary>A change that is under way.</summary>
/// <param name="Part">From 0.</param>
/// <param name="Text">The new text.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Lookups">How often it was looked up without success.</param>
public sealed record OpenEdit(int Part, string Text, string By, int Lookups = 0);
