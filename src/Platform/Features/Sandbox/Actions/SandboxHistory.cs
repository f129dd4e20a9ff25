using Platform.Features.Sandbox.Contracts;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Sandbox.Actions;

/// <inheritdoc />
public sealed class SandboxHistory(SandboxStore store, SandboxAddress address) : ISandboxHistory
{
    /// <inheritdoc />
    public async Task<bool> OpenedAtAsync(Caller caller, string channelId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await store.SetOpenedAsync(caller, channelId, at, cancellationToken) is not null;

    /// <inheritdoc />
    public async Task<RemotePost?> StageAsync(WriteBatch batch, Caller caller, PastSandboxPost past, CancellationToken cancellationToken)
    {
        if (await store.ByChannelAsync(caller, past.ChannelId, cancellationToken) is not { } account) { return null; }
        var post = new SandboxPost
        {
            Id = Ids.New(past.At),
            OrganizationId = account.OrganizationId,
            AccountId = account.Id,
            Key = $"{Ids.New(past.At)}-0",
            Text = past.Text,
            Media = [.. past.Media.Select(m => new SandboxMedia(m.ContentType, m.AltText, m.Url))],
            CreatedAt = past.At,
        };
        batch.Insert(caller, post);
        return new RemotePost(post.Id, address.OfPost(account, post));
    }

    /// <inheritdoc />
    public async Task<PostMetrics?> NumbersAsync(Caller caller, string channelId, string postId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await store.ByChannelAsync(caller, channelId, cancellationToken) is not { } account || await store.PostAsync(account.Id, postId, cancellationToken) is not { } post) { return null; }
        var numbers = Growth.Of(account, post, at);
        return new PostMetrics(postId, numbers.Likes, numbers.Comments, numbers.Shares, numbers.Impressions, numbers.Clicks);
    }

    /// <inheritdoc />
    public async Task<AccountMetrics?> AccountAsync(Caller caller, string channelId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await store.ByChannelAsync(caller, channelId, cancellationToken) is { } account
            ? new AccountMetrics(Growth.Followers(account, at), Growth.Following(account), await store.CountBeforeAsync(account.Id, at, cancellationToken))
            : null;
}
