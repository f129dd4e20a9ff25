using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Content.Actions;

/// <summary>What an edit does to the approval of a post, in the same batch: an approval is of one version, and only an edit that the rules allow keeps it.</summary>
public sealed class ReviewEdits(ReviewBuilder builder, ReviewDesk desk, TimeProvider clock)
{
    /// <summary>Adds it; returns what the edit means for publications that have a time (null: they stay cleared).</summary>
    /// <param name="batch">The batch with the post.</param>
    /// <param name="caller">Who edits.</param>
    /// <param name="post">The post after the edit.</param>
    /// <param name="prepared">What goes out where after the edit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ApprovalNeed?> StageAsync(WriteBatch batch, Caller caller, Post post, PreparedPost prepared, CancellationToken cancellationToken)
    {
        var rules = await builder.RulesAsync(caller, post.ChannelIds, cancellationToken);
        var before = post.Version == 0 ? null : await desk.GetAsync(caller, post.Id, cancellationToken);
        var handedOver = !rules.IsNeeded && before?.Review.State is ReviewState.Approved && !caller.May(Permission.ContentPublish);
        var keeps = !rules.EditsReset && caller.May(Permission.ContentPublish);
        var need = (rules.IsNeeded && !keeps) || handedOver ? new ApprovalNeed(rules.ExpiresLate) : null;
        var fresh = builder.Make(caller, post, rules.IsNeeded ? rules : ReviewBuilder.Handover);
        if (Next(before?.Review, fresh, prepared, need) is { } next)
        {
            var lost = before?.Review is { } was && (was.State is ReviewState.Approved || was.Decisions.Count > next.Decisions.Count);
            await desk.StageAsync(batch, caller, before, new(post, next, lost ? "post.approval_reset" : null), cancellationToken);
        }
        return need;
    }

    /// <summary>Adds the end of the approval of a post that is deleted.</summary>
    public async Task StageEndAsync(WriteBatch batch, Caller caller, Post post, CancellationToken cancellationToken)
    {
        if (await desk.GetAsync(caller, post.Id, cancellationToken) is not { Review.State: ReviewState.Pending } record) { return; }
        await desk.StageAsync(batch, caller, record, new(post, record.Review.End(ReviewState.Withdrawn, caller.UserId, caller.Name, "The post was deleted.", clock.GetUtcNow()), null), cancellationToken);
    }

    private Review? Next(Review? before, Review fresh, PreparedPost prepared, ApprovalNeed? need)
    {
        if (!SaysOther(prepared)) { return before?.State is ReviewState.Pending ? before with { Version = fresh.Version } : null; }
        if (before?.State is ReviewState.Pending) { return before.Edited(fresh, clock.GetUtcNow()); }
        var timed = prepared.Existing.Where(p => p.State is Scheduled or Held && p.Remote.Count == 0).ToList();
        if (need is null || timed.Count == 0) { return null; }
        var again = before is null ? Review.Submit(null, fresh) : before.Edited(fresh, clock.GetUtcNow());
        return again.MovedTo(timed.Select(p => p.Due).MinBy(due => due?.At));
    }

    private static bool SaysOther(PreparedPost prepared) => prepared.Publications.Any(planned =>
        prepared.Existing.FirstOrDefault(p => p.ChannelId == planned.ChannelId) is not { } existing || !existing.Content.SaysTheSameAs(planned.Content));
}
