using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Removes a channel for good: its tokens are destroyed and what waited for it is cancelled. What is out stays out.</summary>
public sealed class RemoveChannel(ChannelStore store, IPublishing publishing, IAudit audit, ChannelChanges changes)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ChannelsManage)) { return Problem.Forbidden(); }
        if (ChannelAccess.Refuse(caller, [id]) is { } refused) { return refused; }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } channel) { return Problem.NotFound("channel"); }
        // The tokens go first: whatever fails after that, nothing can be sent any more.
        await store.DeleteAsync(caller, id, cancellationToken);
        await changes.AnnounceAsync(channel.OrganizationId, id, cancellationToken);
        await publishing.CancelChannelAsync(caller, id, cancellationToken);
        await audit.RecordAsync(caller, new("channel.removed", "channel", id, $"{channel.Network} {channel.Handle}"), cancellationToken);
        return Done.Ok;
    }
}
