using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A post to take back.</summary>
public sealed record WithdrawPostRequest(string PostId, string? Comment = null);

/// <summary>Takes a post back that waits for approval: it is a draft again.</summary>
public sealed class WithdrawPost(PostStore posts, ReviewDesk desk, TimeProvider clock)
{
    /// <summary>Conflict <c>not_waiting</c>; Forbidden <c>channel_not_allowed</c>.</summary>
    public async Task<Result<ReviewView>> RunAsync(Caller caller, WithdrawPostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (request.Comment?.Length > 4000) { return Problem.InvalidField("comment", "comment_too_long", "A comment has at most 4,000 characters."); }
        for (var tries = 0; tries < 20; tries++)
        {
            if (!Ids.IsValid(request.PostId) || await posts.GetAsync(caller, request.PostId, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
            if (ChannelAccess.Refuse(caller, post.ChannelIds) is { } refused) { return refused; }
            if (await desk.GetAsync(caller, post.Id, cancellationToken) is not { Review.State: ReviewState.Pending } record) { return Problem.Conflict("not_waiting", "The post does not wait for approval."); }
            var batch = new WriteBatch();
            await desk.Publications.StageBackAsync(caller, post.Id, $"Taken back by {caller.Name}.", batch, cancellationToken);
            var next = record.Review.End(ReviewState.Withdrawn, caller.UserId, caller.Name, request.Comment, clock.GetUtcNow());
            var after = await desk.StageAsync(batch, caller, record, new(post, next, "post.withdrawn"), cancellationToken);
            if (!await desk.TryCommitAsync(batch, cancellationToken)) { continue; }
            await desk.AnnounceAsync(caller, record, after, null, cancellationToken);
            return next.ToView(post.Id, caller, []);
        }
        return Problem.Conflict("post_busy", "The post is being changed from several sides. Try again.");
    }
}
