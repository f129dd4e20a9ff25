using System.Globalization;
using System.Text.Json;
using Platform.Coordination;

namespace Platform.Features.Publishing.Actions;

/// <summary>Tells the dispatcher, the relay and open pages that something changed. Hints only: whoever misses one reads the store by its own clock.</summary>
public sealed class Announcer(ISignals signals)
{
    /// <summary>There is work at a moment; null: look anyway (something went away, or an outbox filled).</summary>
    public ValueTask WakeAsync(DateTimeOffset? at, CancellationToken cancellationToken) =>
        signals.PublishAsync(Topics.PublishingWake, at?.ToString("O", CultureInfo.InvariantCulture) ?? "", cancellationToken);

    /// <summary>A post's publications changed: open pages read them again.</summary>
    public ValueTask PostChangedAsync(string organizationId, string postId, CancellationToken cancellationToken) =>
        signals.PublishAsync(Topics.Live(organizationId), JsonSerializer.Serialize(new LiveEvent("post-status", postId), JsonSerializerOptions.Web), cancellationToken);
}
