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
}
