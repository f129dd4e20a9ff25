using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Actions;

/// <summary>What must hold before publications get a time, approved or not: the caller may use the channels, the networks would take them, the plan has room.</summary>
public sealed class ScheduleCheck(DraftCheck check, PublicationLists lists, IPlanLimits plans)
{
    private static readonly PublicationState[] Counted = [AwaitingApproval, Scheduled, PublicationState.Publishing, Published, Unconfirmed, Held];

    /// <summary>The publications of a post that a time would be for.</summary>
    public static List<PublicationRecord> Targets(IEnumerable<PublicationRecord> records) =>
        [.. records.Where(r => r.Publication.State is not (Published or PublicationState.Publishing or Unconfirmed))];

    /// <summary>The channels of the publications; Forbidden <c>channel_not_allowed</c>, LimitReached, Invalid <c>draft_invalid</c>.</summary>
    public async Task<Result<IReadOnlyDictionary<string, ChannelView>>> RunAsync(Caller caller, IReadOnlyList<PublicationRecord> targets, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (ChannelAccess.Refuse(caller, targets.Select(t => t.Publication.ChannelId)) is { } refused) { return refused; }
        if (await OverPlanAsync(caller, targets[0].Publication.PostId, at, cancellationToken) is { } limit) { return limit; }
        return await check.RunAsync(caller, [.. targets.Select(t => t.Publication)], cancellationToken);
    }

    private async Task<Problem?> OverPlanAsync(Caller caller, string postId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var limits = await plans.OfAsync(caller.OrganizationId, cancellationToken);
        if (limits.PostsPerMonth is not { } most) { return null; }
        var month = new DateTimeOffset(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var used = await lists.CountPostsAsync(caller, Counted, month, month.AddMonths(1), postId, cancellationToken);
        return used >= most ? PlanProblems.Reached(limits, "posts a month", most, used) : null;
    }
}
