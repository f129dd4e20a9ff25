using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>What the practice network says of the posts that it has taken, and how it lets go of them.</summary>
internal sealed class ReadPosts(SandboxStore store, SandboxAddress address, TimeProvider time)
{
    /// <summary>The account's numbers.</summary>
    public async Task<SandboxReply> AccountAsync(SandboxAccount account, CancellationToken cancellationToken) =>
        Reply.Of(200, new { followers = Growth.Followers(account, time.GetUtcNow()), following = Growth.Following(account), posts = await store.CountAsync(account.Id, cancellationToken) });

    /// <summary>One post with its text as it is now.</summary>
    public async Task<SandboxReply> OneAsync(SandboxAccount account, string id, CancellationToken cancellationToken) =>
        !account.Behavior.Lookup ? Reply.Error(501, "lookup_off", "The practice network was told not to look posts up.")
        : await store.PostAsync(account.Id, id, cancellationToken) is { } post ? Reply.Of(200, new { post.Id, url = address.OfPost(account, post), post.Text, post.EditedAt })
        : Reply.Error(404, "not_found", "There is no such post.");

    /// <summary>The post of a key, as a list of one or none.</summary>
    public async Task<SandboxReply> FindAsync(SandboxAccount account, SandboxCall call, CancellationToken cancellationToken)
    {
        if (!account.Behavior.Lookup) { return Reply.Error(501, "lookup_off", "The practice network was told not to look posts up."); }
        var post = call.Query.TryGetValue("key", out var key) ? await store.ByKeyAsync(account.Id, key, cancellationToken) : null;
        return Reply.Of(200, new { posts = post is null ? [] : new[] { new { post.Id, url = address.OfPost(account, post) } } });
    }

    /// <summary>Deletes a post.</summary>
    public async Task<SandboxReply> DeleteAsync(SandboxAccount account, string id, CancellationToken cancellationToken)
    {
        if (await store.PostAsync(account.Id, id, cancellationToken) is not { } post) { return Reply.Error(404, "not_found", "There is no such post."); }
        await store.DeleteAsync(post.Id, cancellationToken);
        return Reply.NoContent();
    }

    /// <summary>What people answered to a post.</summary>
    public async Task<SandboxReply> RepliesAsync(SandboxAccount account, string id, CancellationToken cancellationToken)
    {
        if (await store.PostAsync(account.Id, id, cancellationToken) is not { } post) { return Reply.Error(404, "not_found", "There is no such post."); }
        return Reply.Of(200, new
        {
            replies = Comments.Of(account, post, time.GetUtcNow()).Select(c => new { c.Id, url = address.OfPost(account, post), c.AuthorHandle, c.AuthorName, c.Text, c.CreatedAt }),
        });
    }

    /// <summary>The numbers of posts.</summary>
    public async Task<SandboxReply> MetricsAsync(SandboxAccount account, SandboxCall call, CancellationToken cancellationToken)
    {
        var ids = call.Query.GetValueOrDefault("ids", "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(100).ToArray();
        var posts = await store.PostsAsync(account.Id, ids, cancellationToken);
        var now = time.GetUtcNow();
        return Reply.Of(200, new { metrics = posts.Select(p => (Post: p, Numbers: Growth.Of(account, p, now))).Select(m => new { m.Post.Id, m.Numbers.Likes, m.Numbers.Comments, m.Numbers.Shares, m.Numbers.Impressions, m.Numbers.Clicks }) });
    }
}
