using System.Globalization;
using System.Text.Json;
using Platform.Coordination;

namespace Platform.Features.Publishing.Actions;

/// <summary>Tells the dispatcher, the relay and open pages that something changed. Hints only: whoever misses one reads the store by its own clock.</summary>
public sealed class Announcer(ISignals signals, OutboxBell bell, Calm calm)
{
    /// <summary>An outbox may have filled, and there is work for the dispatcher at a moment (null: none).</summary>
    public ValueTask WakeAsync(DateTimeOffset? at, CancellationToken cancellationToken)
    {
        bell.Ring();
        return at is { } moment ? signals.PublishAsync(Topics.PublishingWake, moment.ToString("O", CultureInfo.InvariantCulture), cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Calls the handler with the moment of each new work, until disposed.</summary>
    public IDisposable OnWake(Func<string, Task> handler) => signals.Subscribe(Topics.PublishingWake, handler);

    /// <summary>Tells the relay whether posts wait for a free place to be sent, so that it rests while they do.</summary>
    public void SetCalm(bool isCalm) => calm.Set(isCalm);

    /// <summary>A post's publications changed: open pages read them again.</summary>
    public ValueTask PostChangedAsync(string organizationId, string postId, CancellationToken cancellationToken) =>
        signals.PublishAsync(Topics.Live(organizationId), JsonSerializer.Serialize(new LiveEvent("post-status", postId), JsonSerializerOptions.Web), cancellationToken);
}

/// <summary>Rings when an outbox of this copy fills.</summary>
public sealed class OutboxBell : Bell;
