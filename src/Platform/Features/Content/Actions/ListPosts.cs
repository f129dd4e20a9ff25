using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Which posts to list; what is null does not matter.</summary>
public sealed record ListPostsRequest
{
    /// <summary>The state over all publications.</summary>
    public PublicationState? State { get; init; }

    /// <summary>On this channel.</summary>
    public string? ChannelId { get; init; }

    /// <summary>On this network.</summary>
    public string? Network { get; init; }

    /// <summary>With this label.</summary>
    public string? Label { get; init; }

    /// <summary>Of this campaign.</summary>
    public string? CampaignId { get; init; }

    /// <summary>With these words in one of its texts.</summary>
    public string? Search { get; init; }

    /// <summary>Going or gone out (or made, where there is no time) at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only deleted ones, which can still be brought back.</summary>
    public bool Deleted { get; init; }

    /// <summary>In which order.</summary>
    public PostOrder Order { get; init; }

    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = 25;

    /// <summary>Of the page before.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Lists posts with their publications.</summary>
public sealed class ListPosts(PostStore store, ReadPosts read)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Page<PostView>>> RunAsync(Caller caller, ListPostsRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (request.Search?.Length > 200) { return Problem.InvalidField("search", "search_too_long", "Search for at most 200 characters."); }
        var filter = new PostFilter(
            request.State, Given(request.ChannelId), Given(request.Network), Given(request.Label), Given(request.CampaignId),
            Given(request.Search) is { } search ? PostText.Fold(search) : null, request.From, request.To, request.Deleted);
        var page = await store.ListAsync(caller, filter, request.Order, Math.Clamp(request.Limit, 1, 100), string.IsNullOrEmpty(request.Cursor) ? null : request.Cursor, cancellationToken);
        return new Page<PostView>(await read.ViewsAsync(caller, page.Items, cancellationToken), page.NextCursor);
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
