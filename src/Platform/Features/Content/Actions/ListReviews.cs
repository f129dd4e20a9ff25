using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Which approvals.</summary>
public enum ReviewList
{
    /// <summary>Those that ask the reader.</summary>
    Waiting,

    /// <summary>Those that the reader sent.</summary>
    Sent,

    /// <summary>Those that are over.</summary>
    Done,

    /// <summary>All that wait for anybody.</summary>
    Pending,
}

/// <summary>Which approvals, page by page.</summary>
public sealed record ListReviewsRequest(ReviewList List = ReviewList.Waiting, int Limit = 25, string? Cursor = null);

/// <summary>Lists approvals. A reviewer from outside sees only what asks them now.</summary>
public sealed class ListReviews(ReviewStore store, ReviewItems items)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Page<ReviewItem>>> RunAsync(Caller caller, ListReviewsRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentReview)) { return Problem.Forbidden(); }
        if (request.List is not ReviewList.Waiting && !caller.May(Permission.ContentRead)) { return new Page<ReviewItem>([], null); }
        var limit = Math.Clamp(request.Limit, 1, 100);
        var page = request.List switch
        {
            ReviewList.Sent => await store.SentAsync(caller, caller.UserId ?? caller.Name, limit, request.Cursor, cancellationToken),
            ReviewList.Done => await store.DoneAsync(caller, limit, request.Cursor, cancellationToken),
            ReviewList.Pending => new(InOrder(await store.PendingAsync(caller, cancellationToken), 100), null),
            _ => new(InOrder((await store.PendingAsync(caller, cancellationToken)).Where(r => AsksMe(caller, r)), 100), null),
        };
        return new Page<ReviewItem>(await items.OfAsync(caller, page.Items, cancellationToken), page.NextCursor);
    }

    /// <summary>How many ask the reader.</summary>
    public async Task<int> CountAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.May(Permission.ContentReview) && caller.UserId is not null ? (await store.PendingAsync(caller, cancellationToken)).Count(r => AsksMe(caller, r)) : 0;

    /// <summary>One. Members who see posts see any; a reviewer from outside only one that asks them now.</summary>
    public async Task<Result<ReviewItem>> GetAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentReview) && !caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(postId) || await store.GetAsync(caller, postId, cancellationToken) is not { } record) { return Problem.NotFound("approval"); }
        var open = caller.May(Permission.ContentRead) || (record.Review.IsOpenTo(caller.ToReviewer()) && record.Review.ChannelIds.All(caller.MayUse));
        return open && await items.OfAsync(caller, [record], cancellationToken) is [var item] ? item : Problem.NotFound("approval");
    }

    private static bool AsksMe(Caller caller, ReviewRecord record) => record.Review.Asks(caller.ToReviewer()) && record.Review.ChannelIds.All(caller.MayUse);

    // What is due soonest comes first; what has no time goes out at once, so before that.
    private static IReadOnlyList<ReviewRecord> InOrder(IEnumerable<ReviewRecord> records, int most) => [.. records.OrderBy(r => r.Review.Due?.At ?? DateTimeOffset.MinValue).ThenBy(r => r.Id, StringComparer.Ordinal).Take(most)];
}
