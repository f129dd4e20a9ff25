using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Gives a channel the new tokens of its own account; what was held for it goes on.</summary>
public sealed class ReviveChannel(ChannelStore store, ChannelSeal seal, IPublishing publishing, IAudit audit, ChannelChanges changes, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Channel>> RunAsync(Caller caller, Channel channel, ConnectedAccount account, CancellationToken cancellationToken)
    {
        // The lease is taken away from a refresh that may run: its older tokens must not overwrite these.
        var update = new Update<Channel>()
            .Set(c => c.Sealed, seal.Seal(channel.OrganizationId, channel.Id, account.Secrets)).Set(c => c.TokenExpiresAt, account.Secrets.ExpiresAt)
            .Set(c => c.LeaseUntil, null).Set(c => c.LeaseBy, null).Set(c => c.GrantLostAt, null).Set(c => c.GrantLostReason, null)
            .Set(c => c.Handle, account.Handle).Set(c => c.DisplayName, account.DisplayName).Set(c => c.ProfileUrl, account.ProfileUrl)
            .Set(c => c.AvatarUrl, account.AvatarUrl).Set(c => c.ServiceUrl, account.ServiceUrl).Set(c => c.Limits, account.Limits)
            .Set(c => c.LastCheckedAt, clock.GetUtcNow());
        if (await store.UpdateAsync(caller, c => c.Id == channel.Id, update, cancellationToken) is not { } revived) { return Problem.NotFound("channel"); }
        await audit.RecordAsync(caller, new("channel.reconnected", "channel", channel.Id, $"{channel.Network} {account.Handle}"), cancellationToken);
        await AnnounceAsync(revived, cancellationToken);
        if (!revived.Paused) { await publishing.ReleaseChannelAsync(caller, channel.Id, cancellationToken); }
        return revived;
    }

    /// <summary>Tells pages and other copies.</summary>
    public ValueTask AnnounceAsync(Channel channel, CancellationToken cancellationToken) => changes.AnnounceAsync(channel.OrganizationId, channel.Id, cancellationToken);
}
