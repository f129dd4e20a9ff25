using Microsoft.Extensions.Options;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <inheritdoc cref="ISandboxServer" />
internal sealed class SandboxServer(SandboxStore store, Tokens tokens, TakePost takePost, SandboxAddress address, IOptions<SandboxSettings> settings, TimeProvider time) : ISandboxServer
{
    /// <inheritdoc />
    public async Task<SandboxReply> HandleAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        if (!settings.Value.Enabled) { return Reply.Error(404, "not_found", "There is no practice network here."); }
        switch (call.Method, call.Path)
        {
            case ("POST", "accounts"):
                return call.IsLocal || settings.Value.OpenRegistration ? await tokens.OpenAsync(call, cancellationToken) : Reply.Error(403, "registration_closed", "Accounts are opened from the channels page of this installation.");
            case ("POST", "token"):
                return await tokens.RefreshAsync(call, cancellationToken);
            default:
                return await AuthorizedAsync(call, cancellationToken);
        }
    }

    private async Task<SandboxReply> AuthorizedAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        var account = call.Token is { Length: > 0 } token ? await store.ByTokenAsync(Tokens.Hash(token), cancellationToken) : null;
        if (account is null) { return Reply.Error(401, "token_invalid", "The token is not known."); }
        if (account.Behavior.TokenExpired) { return Reply.Error(401, "token_expired", "The token has ended."); }
        return (call.Method, call.Path.Split('/')) switch
        {
            ("POST", ["posts"]) => await takePost.RunAsync(account, call, cancellationToken),
            ("GET", ["posts"]) => await FindAsync(account, call, cancellationToken),
            ("DELETE", ["posts", var id]) => await DeleteAsync(account, id, cancellationToken),
            ("GET", ["posts", var id, "replies"]) => await RepliesAsync(account, id, cancellationToken),
            ("GET", ["metrics"]) => await MetricsAsync(account, call, cancellationToken),
            ("GET", ["account"]) => Reply.Of(200, tokens.Profile(account)),
            ("GET", ["account", "metrics"]) => Reply.Of(200, new { followers = Growth.Followers(account, time.GetUtcNow()), following = Growth.Following(account), posts = await store.CountAsync(account.Id, cancellationToken) }),
            _ => Reply.Error(404, "not_found", "There is no such call."),
        };
    }

    private async Task<SandboxReply> FindAsync(SandboxAccount account, SandboxCall call, CancellationToken cancellationToken)
    {
        if (!account.Behavior.Lookup) { return Reply.Error(501, "lookup_off", "The practice network was told not to look posts up."); }
        var post = call.Query.TryGetValue("key", out var key) ? await store.ByKeyAsync(account.Id, key, cancellationToken) : null;
        return Reply.Of(200, new { posts = post is null ? [] : new[] { new { post.Id, url = address.OfPost(account, post) } } });
    }

    private async Task<SandboxReply> DeleteAsync(SandboxAccount account, string id, CancellationToken cancellationToken)
    {
        if (await store.PostAsync(account.Id, id, cancellationToken) is not { } post) { return Reply.Error(404, "not_found", "There is no such post."); }
        await store.DeleteAsync(post.Id, cancellationToken);
        return Reply.NoContent();
    }

    private async Task<SandboxReply> RepliesAsync(SandboxAccount account, string id, CancellationToken cancellationToken)
    {
        if (await store.PostAsync(account.Id, id, cancellationToken) is not { } post) { return Reply.Error(404, "not_found", "There is no such post."); }
        return Reply.Of(200, new
        {
            replies = Comments.Of(account, post, time.GetUtcNow()).Select(c => new { c.Id, url = address.OfPost(account, post), c.AuthorHandle, c.AuthorName, c.Text, c.CreatedAt }),
        });
    }

    private async Task<SandboxReply> MetricsAsync(SandboxAccount account, SandboxCall call, CancellationToken cancellationToken)
    {
        var ids = call.Query.GetValueOrDefault("ids", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(100).ToArray();
        var posts = await store.PostsAsync(account.Id, ids, cancellationToken);
        var now = time.GetUtcNow();
        return Reply.Of(200, new { metrics = posts.Select(p => (Post: p, Numbers: Growth.Of(account, p, now))).Select(m => new { m.Post.Id, m.Numbers.Likes, m.Numbers.Comments, m.Numbers.Shares, m.Numbers.Impressions, m.Numbers.Clicks }) });
    }
}
