using System.Collections.Concurrent;
using Platform.Coordination;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Channels opened for sending, kept for seconds: a burst of posts opens each once. A change forgets it at once, here and in other copies.</summary>
public sealed class OpenChannels : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Entry> _open = new();
    private readonly ChannelStore _store;
    private readonly ChannelSeal _seal;
    private readonly INetworks _networks;
    private readonly TimeProvider _clock;
    private readonly ChannelChanges _changes;
    private readonly IDisposable _subscription;

    /// <summary>Listens for changes.</summary>
    public OpenChannels(ChannelStore store, ChannelSeal seal, INetworks networks, TimeProvider clock, ChannelChanges changes, ISignals signals)
    {
        (_store, _seal, _networks, _clock, _changes) = (store, seal, networks, clock, changes);
        _changes.Changed += Forget;
        _subscription = signals.Subscribe(ChannelChanges.Topic, id => { Forget(id); return Task.CompletedTask; });
    }

    /// <summary>The channel opened; null where it is gone, or its network is not part of this installation.</summary>
    public async Task<OpenChannel?> GetAsync(string organizationId, string channelId, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(channelId, out var entry) && entry.OrganizationId == organizationId && entry.Until > _clock.GetUtcNow()) { return entry.Channel; }
        if (!Ids.IsValid(channelId)) { return null; }
        var mark = _open.GetOrAdd(channelId, _ => new Entry(organizationId, null, DateTimeOffset.MinValue));
        var channel = await _store.GetAsync(Caller.System(organizationId, "channels"), channelId, cancellationToken);
        if (channel is null || Open(channel) is not { } opened) { return null; }
        // Only over what was there before the read: a change in between removed or replaced it, and then the read may be old.
        _open.TryUpdate(channelId, new Entry(organizationId, opened, _clock.GetUtcNow() + Life), mark);
        return opened;
    }

    /// <summary>Opens a record.</summary>
    public OpenChannel? Open(Channel channel) => _networks.Find(channel.Network) is not { } network
        ? null
        : new OpenChannel(channel.StatusNow(), network, channel.ToConnection(network, _seal.OpenTokens(channel.OrganizationId, channel.Id, channel.Sealed)));

    /// <summary>Forgets a channel, so that it is read again: what was kept is known to be old.</summary>
    public void Forget(string channelId) => _open.TryRemove(channelId, out _);

    /// <inheritdoc />
    public void Dispose()
    {
        _changes.Changed -= Forget;
        _subscription.Dispose();
    }

    // A class, so that TryUpdate compares by identity.
    private sealed class Entry(string organizationId, OpenChannel? channel, DateTimeOffset until)
    {
        public string OrganizationId => organizationId;

        public OpenChannel? Channel => channel;

        public DateTimeOffset Until => until;
    }
}
