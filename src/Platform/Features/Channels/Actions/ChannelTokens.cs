using Microsoft.Extensions.Logging;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>The stored tokens of a channel, and the right to change them: a lease on the record, so that one refresh runs over all copies of the app.</summary>
public sealed class ChannelTokens(ChannelStore store, ChannelSeal seal, ChannelChanges changes, TimeProvider clock, ILogger<ChannelTokens> logger)
{
    /// <summary>How long a refresh may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>The record with its tokens as stored now; null where it is gone.</summary>
    public async Task<(Channel Channel, ChannelSecrets Secrets)?> ReadAsync(Caller caller, string channelId) =>
        await store.GetAsync(caller, channelId, default) is { } channel ? (channel, seal.OpenTokens(channel.OrganizationId, channel.Id, channel.Sealed)) : null;

    /// <summary>Takes the lease and returns the record as it is under it; null where another has it or the grant is gone.</summary>
    public Task<Channel?> TakeAsync(Caller caller, string channelId, string flight)
    {
        var now = clock.GetUtcNow();
        return store.UpdateAsync(
            caller,
            c => c.Id == channelId && c.GrantLostAt == null && (c.LeaseUntil == null || c.LeaseUntil <= now),
            new Update<Channel>().Set(c => c.LeaseUntil, now + Lease).Set(c => c.LeaseBy, flight),
            default);
    }

    /// <summary>Gives the lease back.</summary>
    public Task ReleaseAsync(Caller caller, string channelId, string flight) => store.UpdateAsync(
        caller, c => c.Id == channelId && c.LeaseBy == flight, new Update<Channel>().Set(c => c.LeaseUntil, null).Set(c => c.LeaseBy, null), default);

    /// <summary>Stores new tokens under the lease, and gives it back.</summary>
    public async Task KeepAsync(Caller caller, Channel channel, ChannelSecrets secrets, string flight)
    {
        var update = new Update<Channel>().Set(c => c.Sealed, seal.Seal(channel.OrganizationId, channel.Id, secrets)).Set(c => c.TokenExpiresAt, secrets.ExpiresAt)
            .Set(c => c.LeaseUntil, null).Set(c => c.LeaseBy, null);
        if (await InsistAsync(() => store.UpdateAsync(caller, c => c.Id == channel.Id && c.LeaseBy == flight, update, default)) is null)
        {
            logger.LogWarning("Channel {ChannelId} was changed or removed while its tokens were refreshed", channel.Id);
        }
        await changes.AnnounceAsync(channel.OrganizationId, channel.Id, default);
    }

    /// <summary>The old refresh token is spent: giving up on the store's first failure would lose the account.</summary>
    private async Task<Channel?> InsistAsync(Func<Task<Channel?>> write)
    {
        var end = clock.GetUtcNow() + Lease / 2;
        while (true)
        {
            try { return await write(); }
            catch (Exception exception) when (clock.GetUtcNow() < end)
            {
                logger.LogWarning(exception, "New tokens could not be stored yet; trying again");
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock);
            }
        }
    }
}
