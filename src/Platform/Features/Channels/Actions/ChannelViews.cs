using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Networks;

namespace Platform.Features.Channels.Actions;

/// <summary>How a channel is shown, and opened.</summary>
internal static class ChannelViews
{
    /// <summary>Nothing may be sent where the network is no longer part of this installation.</summary>
    private static readonly NetworkLimits NoLimits = new() { MaxText = 0, Unit = TextUnit.Characters };

    public static ChannelView ToView(this Channel channel, INetworks networks) => channel.ToView(networks.Find(channel.Network));

    public static ChannelView ToView(this Channel channel, ISocialNetwork? network) => new()
    {
        Id = channel.Id,
        Network = channel.Network,
        Handle = channel.Handle,
        DisplayName = channel.OwnName ?? channel.DisplayName,
        ProfileUrl = channel.ProfileUrl,
        AvatarUrl = channel.AvatarUrl,
        ServiceUrl = channel.ServiceUrl,
        Status = channel.StatusNow(),
        StatusReason = Reason(channel),
        Limits = channel.Limits ?? network?.Descriptor.Limits ?? NoLimits,
        Defaults = channel.Defaults,
        LastCheckedAt = channel.LastCheckedAt,
        ConnectedAt = channel.ConnectedAt,
    };

    public static ChannelConnection ToConnection(this Channel channel, ISocialNetwork network, ChannelSecrets secrets) => new()
    {
        OrganizationId = channel.OrganizationId,
        ChannelId = channel.Id,
        RemoteAccountId = channel.RemoteAccountId,
        Handle = channel.Handle,
        ServiceUrl = channel.ServiceUrl,
        Secrets = secrets,
        Limits = channel.Limits ?? network.Descriptor.Limits,
    };

    private static string? Reason(Channel channel) => channel.StatusNow() switch
    {
        ChannelStatus.NeedsReconnect => $"The network no longer accepts the connection ({channel.GrantLostReason}). Reconnect the channel.",
        ChannelStatus.Paused => "Paused: posts wait until it is resumed.",
        _ => null,
    };
}
