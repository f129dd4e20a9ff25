using System.Text.Json;
using Platform.Coordination;

namespace Platform.Features.Channels.Actions;

/// <summary>Tells pages and the other copies of the app that a channel is not what it was.</summary>
public sealed class ChannelChanges(ISignals signals)
{
    /// <summary>The topic for copies of the app; the message is the channel's id.</summary>
    public const string Topic = "channels-changed";

    /// <summary>Heard in this copy before <see cref="AnnounceAsync"/> returns.</summary>
    public event Action<string>? Changed;

    /// <summary>Announces a change.</summary>
    public async ValueTask AnnounceAsync(string organizationId, string channelId, CancellationToken cancellationToken)
    {
        Changed?.Invoke(channelId);
        await signals.PublishAsync(Topic, channelId, cancellationToken);
        await signals.PublishAsync(Topics.Live(organizationId), JsonSerializer.Serialize(new LiveEvent("channel", channelId), JsonSerializerOptions.Web), cancellationToken);
    }
}
