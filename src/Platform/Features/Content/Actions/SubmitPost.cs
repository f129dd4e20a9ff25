using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A post to hand in.</summary>
/// <param name="PostId">Which.</param>
/// <param name="When">When it is to go out; null: as soon as it is approved.</param>
/// <param name="Version">The version that the author saw; null: whatever it is.</param>
public sealed record SubmitPostRequest(string PostId, WhenToPublish? When, long? Version = null);

/// <summary>Hands a post in for approval. An author whom nobody need approve, but who may not publish, hands it to those who may.</summary>
public sealed class SubmitPost(PostStore posts, ReviewBuilder builder, ReviewDesk desk, PostCommentStore comments, PinVersion pin, AnswerReview answer)
{
    private const int MostTries = 20;

    /// <summary>
    /// Conflict <c>post_changed</c>, <c>changes_open</c> (an asked-for change is not resolved), <c>approval_not_needed</c>, <c>already_sending</c>, <c>already_published</c>;
    /// Invalid <c>in_the_past</c>, <c>draft_invalid</c>, <c>no_channels</c>; Forbidden <c>channel_not_allowed</c>; LimitReached.
    /// </summary>
    public async Task<Result<ReviewView>> RunAsync(Caller caller, SubmitPostRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (!Ids.IsValid(request.PostId) || await posts.GetAsync(caller, request.PostId, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
            if (await AgainstAsync(caller, post, request, cancellationToken) is { } problem) { return problem; }
            var tried = await TryAsync(caller, post, request, cancellationToken);
            if (tried is not null) { return tried.Ok ? await CountOwnAsync(caller, post, tried.Value, cancellationToken) : tried.Problem; }
        }
        return Problem.Conflict("post_busy", "The post is being changed from several sides. Try again.");
    }

    private async Task<Problem?> AgainstAsync(Caller caller, Post post, SubmitPostRequest request, CancellationToken cancellationToken)
    {
        if (request.Version is { } version && version != post.Edition) { return Problem.Conflict("post_changed", "The post was changed since you looked at it. Look at the new version, then submit it."); }
        if (ChannelAccess.Refuse(caller, post.ChannelIds) is { } refused) { return refused; }
        return await comments.CountOpenAsync(caller, post.Id, cancellationToken) > 0
            ? Problem.Conflict("changes_open", "Changes were asked for that are not marked as made. Resolve them, then submit it again.")
            : null;
    }

    // Null: something came between.
    private async Task<Result<ReviewRecord>?> TryAsync(Caller caller, Post post, SubmitPostRequest request, CancellationToken cancellationToken)
    {
        var rules = await builder.RulesAsync(caller, post.ChannelIds, cancellationToken);
        if (!rules.IsNeeded && caller.May(Permission.ContentPublish)) { return Problem.Conflict("approval_not_needed", "Nobody need approve this post. Schedule it."); }
        var fresh = builder.Make(caller, post, rules.IsNeeded ? rules : ReviewBuilder.Handover);
        // The post itself is a condition: an edit at the same moment is either in what is submitted, or comes after it.
        var batch = new WriteBatch().Replace(caller, post);
        var due = await desk.Publications.StageWaitAsync(caller, new(post.Id, request.When, fresh.Expires), batch, cancellationToken);
        if (!due.Ok) { return due.Problem; }
        var before = await desk.GetAsync(caller, post.Id, cancellationToken);
        // The same version again is only another time: what was approved of it counts.
        var review = before?.Review is { State: ReviewState.Pending } waiting && waiting.Version == post.Edition ? waiting : Review.Submit(before?.Review, fresh);
        var after = await desk.StageAsync(batch, caller, before, new(post, review.MovedTo(due.Value), "post.submitted"), cancellationToken);
        await pin.StageAsync(batch, caller, post, cancellationToken);
        if (!await desk.TryCommitAsync(batch, cancellationToken)) { return null; }
        await desk.AnnounceAsync(caller, before, after, null, cancellationToken);
        return after;
    }

    // Who may approve the first stage, and whose own word counts, need not be asked for it.
    private async Task<Result<ReviewView>> CountOwnAsync(Caller caller, Post post, ReviewRecord record, CancellationToken cancellationToken)
    {
        var view = record.Review.ToView(post.Id, caller, []);
        if (!view.AsksMe || record.Review.Stage > 0 || !caller.May(Permission.ContentReview) || caller.Kind is not CallerKind.Person || caller.Impersonator is not null) { return view; }
        var approved = await answer.RunAsync(caller, new(post.Id, ReviewAnswerKind.Approve, record.Review.Version, 1), cancellationToken);
        return approved.Ok ? approved : view;
    }
}
