using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <summary>A post, and when; a null time means now.</summary>
public sealed record SchedulePostRequest(string PostId, WhenToPublish? When);

/// <summary>Gives all unsent publications of a post a time: checked against the networks' limits and the plan, then all in one commit.</summary>
public sealed class SchedulePost(PostPublications publications, DraftCheck check, PublicationLists lists, IPlanLimits plans, TimeProvider clock)
{
    private static readonly PublicationState[] Counted = [AwaitingApproval, Scheduled, PublicationState.Publishing, Published, Unconfirmed, Held];

    /// <summary>Invalid <c>in_the_past</c>, <c>draft_invalid</c>, <c>no_channels</c>; Conflict <c>already_sending</c>, <c>already_published</c>; LimitReached.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, SchedulePostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        var due = DueTimes.Of(request.When, now);
        if (!due.Ok) { return due.Problem; }
        return await publications.ChangeAsync(caller, request.PostId, request.When is null ? "post.published" : "post.scheduled", async records =>
        {
            var targets = records.Where(r => r.Publication.State is not (Published or PublicationState.Publishing or Unconfirmed)).ToList();
            if (targets.Count == 0) { return records[0].Publication.Schedule(due.Value, caller.Name, now).Problem ?? throw new InvalidOperationException("a publication that cannot be scheduled was"); }
            if (await OverPlanAsync(caller, request.PostId, due.Value, cancellationToken) is { } limit) { return limit; }
            return await DecideAsync(caller, targets, due.Value, now, cancellationToken);
        }, cancellationToken);
    }

    private async Task<Result<IReadOnlyList<Change>>> DecideAsync(Caller caller, List<PublicationRecord> targets, DueTime due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var channels = await check.RunAsync(caller, [.. targets.Select(t => t.Publication)], cancellationToken);
        if (!channels.Ok) { return channels.Problem; }
        return targets.Select(target =>
        {
            var next = target.Publication.Schedule(due, caller.Name, now).Unwrap();
            var unusable = DraftCheck.Unusable(channels.Value[target.Publication.ChannelId].Status);
            return new Change(target, unusable is null ? next : next.Hold(unusable, caller.Name, now));
        }).ToArray();
    }

    private async Task<Problem?> OverPlanAsync(Caller caller, string postId, DueTime due, CancellationToken cancellationToken)
    {
        var limits = await plans.OfAsync(caller.OrganizationId, cancellationToken);
        if (limits.PostsPerMonth is not { } most) { return null; }
        var month = new DateTimeOffset(due.At.UtcDateTime.Year, due.At.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var used = await lists.CountPostsAsync(caller, Counted, month, month.AddMonths(1), postId, cancellationToken);
        return used >= most ? PlanProblems.Reached(limits, "posts a month", most, used) : null;
    }
}
