using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <summary>Makes a post's publications agree with its plan. Where the plan says that an edit must be approved, everything of the post that has a time waits for that: approval is of the whole post.</summary>
internal sealed class PlanStaging(Caller caller, PublicationPlan plan, IReadOnlyList<PublicationRecord> records, DateTimeOffset now)
{
    /// <summary>The publications that the plan no longer has.</summary>
    public IReadOnlyList<PublicationRecord> Unwanted => [.. records.Where(r => plan.Publications.All(p => p.ChannelId != r.Publication.ChannelId))];

    /// <summary>Adds what is new and what changed to the batch; the problem that stands against it.</summary>
    public Problem? Stage(WriteBatch batch)
    {
        foreach (var planned in plan.Publications)
        {
            if (RecordOf(planned) is { } record)
            {
                var next = Next(record.Publication, planned);
                if (!next.Ok) { return next.Problem; }
                if (!ReferenceEquals(next.Value, record.Publication)) { PublicationStore.StageChange(batch, caller, record, next.Value); }
            }
            else { PublicationStore.StageNew(batch, caller, New(planned)); }
        }
        return null;
    }

    /// <summary>Adds the removal to the batch; what left or is leaving stays.</summary>
    public static Result<Done> Remove(Caller caller, IReadOnlyList<PublicationRecord> records, WriteBatch batch)
    {
        if (records.Any(r => r.Publication.State is PublicationState.Publishing or Unconfirmed or Published)) { return Problem.Conflict("already_sending", "It is being sent or was sent already, so it can no longer be taken away."); }
        foreach (var record in records.Where(r => r.Publication.Sent.Count == 0)) { PublicationStore.StageDelete(batch, caller, record); }
        return Done.Value;
    }

    private bool Changes => plan.Publications.Any(p => RecordOf(p) is not { } record || !record.Publication.Content.SaysTheSameAs(p.Content));

    private PublicationRecord? RecordOf(PlannedPublication planned) => records.FirstOrDefault(r => r.Publication.ChannelId == planned.ChannelId);

    private Result<Publication> Next(Publication it, PlannedPublication planned)
    {
        if (!it.Content.SaysTheSameAs(planned.Content)) { return it.Edit(planned.Content, plan.Approval, caller.Name, now); }
        return plan.Approval is { } need && Changes ? it.AwaitAgain(need, caller.Name, now) : it;
    }

    private Publication New(PlannedPublication planned)
    {
        var publication = Publication.Create(plan.PostId, planned, caller.Name, now);
        if (records.FirstOrDefault(r => r.Publication.State is AwaitingApproval)?.Publication is { } waiting) { return publication.Await(waiting.Due, waiting.ExpiresUnapproved, caller.Name, now).Unwrap(); }
        if (records.Where(r => r.Publication.State is Scheduled).Select(r => r.Publication.Due).FirstOrDefault(d => d is not null && d.At > now) is not { } due) { return publication; }
        return plan.Approval is { } need ? publication.Await(due, need.Expires, caller.Name, now).Unwrap() : publication.Clear().Schedule(due, caller.Name, now).Unwrap();
    }
}
