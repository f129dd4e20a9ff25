using System.Text.Json;
using Platform.Primitives;

namespace Platform.Networks.Mastodon;

/// <summary>Reads numbers and replies.</summary>
internal sealed class MastodonReader(MastodonClient client)
{
    private const int MostReplies = 100;

    /// <summary>The numbers of posts: in one call where the server can (4.3 and later), else one by one.</summary>
    public async Task<Result<IReadOnlyList<PostMetrics>>> MetricsAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0) { return new List<PostMetrics>(); }
        var query = string.Join('&', posts.Select(p => $"id[]={Uri.EscapeDataString(p.Id)}"));
        var together = await GetAsync(connection, $"/api/v1/statuses?{query}", cancellationToken);
        if (together is OutboundAnswer.Answered { Status: 200, Json: { ValueKind: JsonValueKind.Array } } all)
        {
            // Ids may come back written differently (snac); what cannot be matched is asked for by itself.
            var byId = all.Json.Elements().ToLookup(s => s.Text("id"), StringComparer.OrdinalIgnoreCase);
            if (posts.All(p => byId[p.Id].Any())) { return posts.Select(p => Numbers(p.Id, byId[p.Id].First())).ToList(); }
        }
        return await OneByOneAsync(connection, posts, cancellationToken);
    }

    /// <summary>The account's numbers.</summary>
    public async Task<Result<AccountMetrics>> AccountAsync(ChannelConnection connection, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(connection, "/api/v1/accounts/verify_credentials", cancellationToken);
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? new AccountMetrics(yes.Json.Number("followers_count"), yes.Json.Number("following_count"), yes.Json.Number("statuses_count"))
            : Failed("metrics_failed", answer);
    }

    /// <summary>The replies of others, at every depth.</summary>
    public async Task<Result<IReadOnlyList<RemoteReply>>> RepliesAsync(ChannelConnection connection, RemotePost post, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(connection, $"/api/v1/statuses/{Uri.EscapeDataString(post.Id)}/context", cancellationToken);
        if (answer is OutboundAnswer.Answered { Status: 404 }) { return new List<RemoteReply>(); }
        return answer is OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes
            ? yes.Json.List("descendants").Where(d => d.Member("account").Text("id") != connection.RemoteAccountId).Select(Reply).OrderBy(r => r.CreatedAt).Take(MostReplies).ToList()
            : Failed("replies_failed", answer);
    }

    private Task<OutboundAnswer> GetAsync(ChannelConnection connection, string path, CancellationToken cancellationToken) =>
        client.GetAsync(MastodonClient.Server(connection), connection.Secrets.AccessToken, path, cancellationToken);

    private async Task<Result<IReadOnlyList<PostMetrics>>> OneByOneAsync(ChannelConnection connection, IReadOnlyList<RemotePost> posts, CancellationToken cancellationToken)
    {
        var found = new List<PostMetrics>();
        foreach (var post in posts)
        {
            var answer = await GetAsync(connection, $"/api/v1/statuses/{Uri.EscapeDataString(post.Id)}", cancellationToken);
            if (answer is OutboundAnswer.Answered { Status: 404 or 410 }) { continue; }
            if (answer is not OutboundAnswer.Answered { IsSuccess: true, Json: { } } yes) { return Failed("metrics_failed", answer); }
            found.Add(Numbers(post.Id, yes.Json));
        }
        return found;
    }

    // Mastodon shows no impressions and no clicks.
    private static PostMetrics Numbers(string id, JsonElement? s) => new(id, s.Number("favourites_count"), s.Number("replies_count"), s.Number("reblogs_count"), null, null);

    private static RemoteReply Reply(JsonElement? status)
    {
        var account = status.Member("account");
        var handle = account.Text("acct") ?? "";
        return new RemoteReply(status.Text("id") ?? "", status.Text("url"), handle, account.Text("display_name") is { Length: > 0 } name ? name : handle,
            HtmlText.Plain(status.Text("content") ?? ""), status.Moment("created_at") ?? default);
    }

    private static Problem Failed(string code, OutboundAnswer answer) =>
        new(ProblemKind.UpstreamFailed, answer is OutboundAnswer.Answered { Status: 401 } ? "auth_expired" : code, $"The server did not answer well: {MastodonAnswers.Words(answer)}. Try again in a moment.");
}
