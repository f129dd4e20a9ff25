using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>What an approver says.</summary>
public enum ReviewAnswerKind
{
    /// <summary>Yes.</summary>
    Approve,

    /// <summary>Not like this.</summary>
    RequestChanges,

    /// <summary>No.</summary>
    Reject,
}

/// <summary>An answer.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Kind">What.</param>
/// <param name="Version">The version that was looked at.</param>
/// <param name="Stage">The stage meant, from 1; null: whichever is asked.</param>
/// <param name="Comment">In words; needed unless it is a yes.</param>
public sealed record AnswerReviewRequest(string PostId, ReviewAnswerKind Kind, long Version, int? Stage = null, string? Comment = null);

/// <summary>Takes an approver's answer. The last approval clears the publications and puts them on their way, in the same commit.</summary>
public sealed class AnswerReview(PostStore posts, ReviewDesk desk, PostCommentStore comments, TimeProvider clock)
{
    private const int MostTries = 20;
    private const int MaxComment = 4000;

    /// <summary>
    /// Conflict <c>not_waiting</c>, <c>post_changed</c>, <c>stage_over</c>, <c>changes_open</c>, <c>approval_late</c>; Forbidden <c>self_approval</c>,
    /// <c>channel_not_allowed</c>, or where the person is not asked; Invalid <c>comment_missing</c>.
    /// </summary>
    public async Task<Result<ReviewView>> RunAsync(Caller caller, AnswerReviewRequest request, CancellationToken cancellationToken)
    {
        // An approval is a person's own word: not the product's, and not staff's in a customer's name.
        if (!caller.May(Permission.ContentReview) || caller.Kind is not CallerKind.Person || caller.Impersonator is not null) { return Problem.Forbidden(); }
        if (request.Comment?.Length > MaxComment) { return Problem.InvalidField("comment", "comment_too_long", $"A comment has at most {MaxComment:N0} characters."); }
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (!Ids.IsValid(request.PostId) || await desk.GetAsync(caller, request.PostId, cancellationToken) is not { } record) { return Problem.NotFound("post"); }
            if (await posts.GetAsync(caller, request.PostId, cancellationToken) is not { DeletedAt: null } post || !MaySee(caller, record.Review)) { return Problem.NotFound("post"); }
            if (ChannelAccess.Refuse(caller, record.Review.ChannelIds) is { } refused) { return refused; }
            var tried = await TryAsync(caller, record, post, request, cancellationToken);
            if (tried is not null) { return tried; }
        }
        return Problem.Conflict("post_busy", "The post is being changed from several sides. Try again.");
    }

    private static bool MaySee(Caller caller, Review review) => caller.May(Permission.ContentRead) || review.IsOpenTo(caller.ToReviewer());

    // Null: something came between.
    private async Task<Result<ReviewView>?> TryAsync(Caller caller, ReviewRecord record, Post post, AnswerReviewRequest request, CancellationToken cancellationToken)
    {
        var next = Decide(caller, record.Review, request);
        if (!next.Ok) { return next.Problem; }
        if (ReferenceEquals(next.Value, record.Review)) { return next.Value.ToView(post.Id, caller, []); }
        var batch = new WriteBatch();
        var dueAt = await StagePublicationsAsync(caller, post, next.Value, batch, cancellationToken);
        if (!dueAt.Ok) { return dueAt.Problem; }
        if (request.Kind is ReviewAnswerKind.RequestChanges) { batch.Insert(caller, ChangeRequest(caller, request)); }
        var after = await desk.StageAsync(batch, caller, record, new(post, next.Value, ActionOf(request.Kind)), cancellationToken);
        if (!await desk.TryCommitAsync(batch, cancellationToken)) { return null; }
        await desk.AnnounceAsync(caller, record, after, dueAt.Value, cancellationToken);
        return after.Review.ToView(post.Id, caller, []);
    }

    private Result<Review> Decide(Caller caller, Review review, AnswerReviewRequest request)
    {
        var (who, answer, now) = (caller.ToReviewer(), new ReviewAnswer(request.Version, request.Stage, Given(request.Comment)), clock.GetUtcNow());
        return request.Kind switch
        {
            ReviewAnswerKind.Approve => review.Approve(who, answer, now),
            ReviewAnswerKind.Reject => review.SendBack(who, ReviewState.Rejected, answer, now),
            _ => review.SendBack(who, ReviewState.ChangesRequested, answer, now),
        };
    }

    private async Task<Result<DateTimeOffset?>> StagePublicationsAsync(Caller caller, Post post, Review next, WriteBatch batch, CancellationToken cancellationToken)
    {
        switch (next.State)
        {
            case ReviewState.Pending: return (DateTimeOffset?)null;
            case ReviewState.Approved when await comments.CountOpenAsync(caller, post.Id, cancellationToken) > 0:
                return Problem.Conflict("changes_open", "Changes were asked for that are not marked as made. Resolve them first.");
            case ReviewState.Approved: return (await desk.Publications.StageClearAsync(caller, post.Id, batch, cancellationToken)).Map(at => (DateTimeOffset?)at);
            default:
                await desk.Publications.StageBackAsync(caller, post.Id, next.State is ReviewState.Rejected ? $"Rejected by {caller.Name}." : $"{caller.Name} asked for changes.", batch, cancellationToken);
                return (DateTimeOffset?)null;
        }
    }

    private PostComment ChangeRequest(Caller caller, AnswerReviewRequest request) => new()
    {
        Id = Ids.New(clock.GetUtcNow()), OrganizationId = caller.OrganizationId, PostId = request.PostId, AuthorId = caller.UserId!, AuthorName = caller.Name, Text = request.Comment!.Trim(),
        ChangeRequest = true, PostVersion = request.Version, At = clock.GetUtcNow(),
    };

    private static string ActionOf(ReviewAnswerKind kind) => kind switch
    {
        ReviewAnswerKind.Approve => "post.approved",
        ReviewAnswerKind.Reject => "post.rejected",
        _ => "post.changes_requested",
    };

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
