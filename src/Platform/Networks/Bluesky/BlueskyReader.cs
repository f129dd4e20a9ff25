using System.Text.Json;
using Platform.Primitives;

namespace Platform.Networks.Bluesky;

/// <summary>
/// Reads numbers and replies. They live in the AppView, which a channel's server asks on its behalf; a server without one cannot tell them, and that is
/// "no data", never zero.
/// </summary>
internal sealed class BlueskyReader(Xrpc xrpc, BlueskyPublisher publisher)
{
    private const int MostReplies = 100;

    /// <summary>The numbers of posts. Where there is no AppView, posts that exist have no numbers and those that are gone are left out.</summary>
    public async Task<Result<IReadOnlyList<PostMetrics>>> MetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0) { return new List<PostMetrics>(); }
        var answer = await GetAsync(connection, "app.bsky.feed.getPosts", posts.Select(p => ("uris", p.Id)), cancellationToken);
        if (BlueskyAnswers.IsNotServed(answer)) { return await ExistingAsync(connection, posts, cancellationToken); }
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes ? yes.Json.List("posts").Select(Numbers).ToList() : Failed("metrics_failed", answer);
    }

    /// <summary>The account's numbers.</summary>
    public async Task<Result<AccountMetrics>> AccountAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(connection, "app.bsky.actor.getProfile", [("actor", connection.RemoteAccountId)], cancellationToken);
        if (BlueskyAnswers.IsNotServed(answer)) { return new AccountMetrics(null, null, null); }
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? new AccountMetrics(yes.Json.Number("followersCount"), yes.Json.Number("followsCount"), yes.Json.Number("postsCount"))
            : Failed("metrics_failed", answer);
    }

    /// <summary>The replies of others, at every depth.</summary>
    public async Task<Result<IReadOnlyList<RemoteReply>>> RepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(connection, "app.bsky.feed.getPostThread", [("uri", post.Id), ("depth", "6"), ("parentHeight", "0")], cancellationToken);
        if (BlueskyAnswers.IsNotServed(answer)) { return new Problem(ProblemKind.UpstreamFailed, "not_served", "This Bluesky server does not know who replied: it has no AppView."); }
        if (BlueskyAnswers.Error(answer) == "NotFound") { return new List<RemoteReply>(); }
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? Below(yes.Json.Member("thread")).Where(r => r.Did != connection.RemoteAccountId).Select(r => r.Reply).OrderBy(r => r.CreatedAt).Take(MostReplies).ToList()
            : Failed("replies_failed", answer);
    }

    private Task<OutboundAnswer> GetAsync(ChannelConnection connection, string method, IEnumerable<(string, string)> query, CancellationToken cancellationToken) =>
        xrpc.GetAsync(Xrpc.Service(connection), connection.Secrets.AccessToken, method, query, cancellationToken);

    private async Task<Result<IReadOnlyList<PostMetrics>>> ExistingAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken)
    {
        var there = new List<PostMetrics>();
        foreach (var post in posts)
        {
            var answer = await publisher.GetRecordAsync(connection, post.Id[(post.Id.LastIndexOf('/') + 1)..], cancellationToken);
            if (BlueskyAnswers.Error(answer) == "RecordNotFound") { continue; }
            if (answer is not OutboundAnswer.Answered { IsSuccess: true }) { return Failed("metrics_failed", answer); }
            there.Add(new PostMetrics(post.Id, null, null, null, null, null));
        }
        return there;
    }

    // Bluesky shows no impressions and no clicks. A quote is a share like a repost.
    private static PostMetrics Numbers(JsonElement? post) => new(
        post.Text("uri") ?? "", post.Number("likeCount"), post.Number("replyCount"), post.Number("repostCount") + (post.Number("quoteCount") ?? 0), null, null);

    private static IEnumerable<(string? Did, RemoteReply Reply)> Below(JsonElement? node)
    {
        foreach (var child in node.List("replies"))
        {
            var post = child.Member("post");
            if (post.Text("uri") is { } uri) { yield return (post.Member("author").Text("did"), Read(post, uri)); }
            foreach (var deeper in Below(child)) { yield return deeper; }
        }
    }

    private static RemoteReply Read(JsonElement? post, string uri)
    {
        var (author, record) = (post.Member("author"), post.Member("record"));
        var handle = author.Text("handle") ?? "";
        return new RemoteReply(uri, BlueskyAnswers.WebUrl(uri, handle), handle, author.Text("displayName") is { Length: > 0 } name ? name : handle,
            record.Text("text") ?? "", record.Moment("createdAt") ?? post.Moment("indexedAt") ?? default);
    }

    private static Problem Failed(string code, OutboundAnswer answer) =>
        new(ProblemKind.UpstreamFailed, BlueskyAnswers.IsExpired(answer) ? "auth_expired" : code, $"Bluesky did not answer well: {BlueskyAnswers.Words(answer)}. Try again in a moment.");
}
