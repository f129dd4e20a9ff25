using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Notes that a channel's grant is gone: its publications are held and one notice goes out, however many posts found it out at once.</summary>
public sealed class FlagChannel(ChannelStore store, IPublishing publishing, INotices notices, IAudit audit, ChannelChanges changes, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task RunAsync(string organizationId, string channelId, string reason, CancellationToken cancellationToken)
    {
        var caller = Caller.System(organizationId, "channels");
        var now = clock.GetUtcNow();
        var flagged = await store.UpdateAsync(
            caller, c => c.Id == channelId && c.GrantLostAt == null, new Update<Channel>().Set(c => c.GrantLostAt, now).Set(c => c.GrantLostReason, reason), cancellationToken);
        if (flagged is not null)
        {
            await changes.AnnounceAsync(organizationId, channelId, cancellationToken);
            await audit.RecordAsync(caller, new("channel.grant_lost", "channel", channelId, $"{flagged.Network} {flagged.Handle}"), cancellationToken);
        }
        // What follows is safe to repeat, and is repeated by every caller: a crash after the flag leaves nothing undone for long.
        if ((flagged ?? await store.GetAsync(caller, channelId, cancellationToken)) is not { GrantLostAt: { } lostAt } channel) { return; }
        await publishing.HoldChannelAsync(caller, channelId, Error(channel), cancellationToken);
        await notices.RaiseAsync(caller, Notice(channel, lostAt), cancellationToken);
    }

    private static PublicationError Error(Channel channel) =>
        new("channel_needs_reconnect", $"{channel.Handle} no longer accepts the connection.", "Reconnect the channel: its posts then go on.");

    private static Notice Notice(Channel channel, DateTimeOffset lostAt) => new(
        "channel_needs_reconnect",
        $"Reconnect {channel.OwnName ?? channel.DisplayName}",
        $"The network no longer accepts the connection of {channel.Handle}. Its posts wait until you reconnect it.",
        $"/channels/{channel.Id}",
        $"channel_needs_reconnect:{channel.Id}:{lostAt.UtcTicks}",
        Mail: true);
}
