using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>A post, and when; a null time means now.</summary>
public sealed record SchedulePostRequest(string PostId, WhenToPublish? When);

/// <summary>
/// Gives all unsent publications of a post a time: checked against the networks' limits and the plan, then all in one commit. Where somebody must approve the post
/// first, it is submitted for that instead, with the same time.
/// </summary>
public sealed class SchedulePost(PostPublications publications, ScheduleCheck check, IApprovalGate gate, TimeProvider clock)
{
    /// <summary>Invalid <c>in_the_past</c>, <c>draft_invalid</c>, <c>no_channels</c>; Conflict <c>already_sending</c>, <c>already_published</c>; Forbidden <c>channel_not_allowed</c>; LimitReached.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, SchedulePostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        var due = DueTimes.Of(request.When, now);
        if (!due.Ok) { return due.Problem; }
        var done = await publications.ChangeAsync(caller, request.PostId, request.When is null ? "post.published" : "post.scheduled", async records =>
        {
            var targets = ScheduleCheck.Targets(records);
            if (targets.Count == 0) { return records[0].Publication.Schedule(due.Value, caller.Name, now).Problem ?? throw new InvalidOperationException("a publication that cannot be scheduled was"); }
            if (await Clearance.NeededAsync(gate, caller, request.PostId, targets, cancellationToken)) { return Clearance.Required; }
            return await DecideAsync(caller, targets, due.Value, now, cancellationToken);
        }, cancellationToken);
        return Clearance.IsRequired(done) ? await gate.SubmitAsync(caller, request.PostId, request.When, cancellationToken) : done;
    }

    private async Task<Result<IReadOnlyList<Change>>> DecideAsync(Caller caller, List<PublicationRecord> targets, DueTime due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var channels = await check.RunAsync(caller, targets, due.At, cancellationToken);
        if (!channels.Ok) { return channels.Problem; }
        return targets.Select(target =>
        {
            var next = target.Publication.Clear().Schedule(due, caller.Name, now).Unwrap();
            var unusable = DraftCheck.Unusable(channels.Value[target.Publication.ChannelId].Status);
            return new Change(target, unusable is null ? next : next.Hold(unusable, caller.Name, now));
        }).ToArray();
    }
}

/// <summary>Whether a person who may publish may also clear: only where nobody else need approve, or where what is there was approved already.</summary>
internal static class Clearance
{
    /// <summary>What stands against sending it.</summary>
    public static Problem Required => Problem.Conflict("approval_required", "It must be approved before it goes out. Submit the post for approval.");

    /// <summary>Whether the publications may not leave before somebody approves the post.</summary>
    public static async Task<bool> NeededAsync(IApprovalGate gate, Caller caller, string postId, IEnumerable<PublicationRecord> targets, CancellationToken cancellationToken) =>
        targets.Any(t => !t.Publication.IsClearedNow) && await gate.MustApproveAsync(caller, postId, cancellationToken);

    /// <summary>Whether this is why it was refused.</summary>
    public static bool IsRequired(Result<Done> done) => done is { Ok: false, Problem.Code: "approval_required" };

    /// <summary>The publication, cleared where that is free; the problem where it is not.</summary>
    public static Result<Publication> Of(Publication publication, bool needed) => publication.IsClearedNow ? publication : needed ? Required : publication.Clear();
}
