using Platform.Features.Channels.Store;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Finds channels that nobody checked for an hour, the longest first, at most 200 a run.</summary>
public sealed class FindUncheckedChannels(ChannelStore store, TimeProvider clock)
{
    /// <summary>Does it; only for the platform itself.</summary>
    public async Task<IReadOnlyList<(string OrganizationId, string ChannelId)>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsPlatform) { return []; }
        var channels = await store.ToCheckAsync(clock.GetUtcNow() - TimeSpan.FromMinutes(55), 200, cancellationToken);
        return [.. channels.Select(channel => (channel.OrganizationId, channel.Id))];
    }
}
