using Platform.Features.Content.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Ends the approval of a post of which nothing waits any more: cancelled, taken off the schedule, its time came, or it was scheduled without it. Safe to run twice and late.</summary>
public sealed class FollowReview(Store.PostStore posts, ReviewDesk desk, ReadPosts read, TimeProvider clock) : IPublicationObserver
{
    /// <inheritdoc />
    public async Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken)
    {
        if (change.From is not PublicationState.AwaitingApproval) { return; }
        var caller = Caller.System(change.OrganizationId, "approval");
        for (var tries = 0; tries < 20; tries++)
        {
            if (await desk.GetAsync(caller, change.PostId, cancellationToken) is not { Review.State: ReviewState.Pending } record) { return; }
            if (await posts.GetAsync(caller, change.PostId, cancellationToken) is not { } post) { return; }
            var publications = await read.PublicationsAsync(caller, change.PostId, cancellationToken);
            if (publications.Any(p => p.State is PublicationState.AwaitingApproval)) { return; }
            var (state, why) = change.To is PublicationState.Missed ? (ReviewState.Expired, "Its time came before it was approved.") : (ReviewState.Withdrawn, Why(change.To));
            var batch = new WriteBatch();
            var after = await desk.StageAsync(batch, caller, record, new(post, record.Review.End(state, null, "approval", why, clock.GetUtcNow()), state is ReviewState.Expired ? "post.approval_expired" : "post.withdrawn"), cancellationToken);
            if (!await desk.TryCommitAsync(batch, cancellationToken)) { continue; }
            await desk.AnnounceAsync(caller, record, after, null, cancellationToken);
            return;
        }
        throw new InvalidOperationException($"the approval of post {change.PostId} could not be ended: it changed too often");
    }

    private static string Why(PublicationState to) => to switch
    {
        PublicationState.Cancelled => "It was cancelled.",
        PublicationState.Draft => "It was taken off the schedule.",
        _ => "It was scheduled without an approval, which the rules no longer ask for.",
    };
}
