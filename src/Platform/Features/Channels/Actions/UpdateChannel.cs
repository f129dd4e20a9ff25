using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>What to change; what is null stays.</summary>
/// <param name="DisplayName">A name of one's own; empty: the network's again.</param>
/// <param name="Paused">True holds its posts, false lets them go on.</param>
/// <param name="Defaults">What posts get unless they say otherwise.</param>
public sealed record UpdateChannelRequest(string? DisplayName = null, bool? Paused = null, PostingDefaults? Defaults = null);

/// <summary>Names, pauses and resumes a channel.</summary>
public sealed class UpdateChannel(ChannelStore store, INetworks networks, IPublishing publishing, IAudit audit, ChannelChanges changes)
{
    private static readonly string[] Visibilities = ["public", "unlisted", "private", "direct"];

    /// <summary>Does it.</summary>
    public async Task<Result<ChannelView>> RunAsync(Caller caller, string id, UpdateChannelRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ChannelsManage)) { return Problem.Forbidden(); }
        if (ChannelAccess.Refuse(caller, [id]) is { } refused) { return refused; }
        if (request.DisplayName?.Length > 100) { return Problem.InvalidField("displayName", "name_too_long", "The name is longer than 100 characters. Shorten it."); }
        if (request.Defaults?.Visibility is { } visibility && !Visibilities.Contains(visibility))
        {
            return Problem.InvalidField("defaults.visibility", "unknown_visibility", $"The visibility is one of {string.Join(", ", Visibilities)}.");
        }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } before) { return Problem.NotFound("channel"); }
        if (await store.UpdateAsync(caller, c => c.Id == id, Changes(before, request), cancellationToken) is not { } after) { return Problem.NotFound("channel"); }
        await changes.AnnounceAsync(after.OrganizationId, id, cancellationToken);
        await RecordAsync(caller, before, after, cancellationToken);
        if (request.Paused is not null) { await FollowAsync(caller, before, after, cancellationToken); }
        return after.ToView(networks);
    }

    private async Task RecordAsync(Caller caller, Channel before, Channel after, CancellationToken cancellationToken)
    {
        AuditChange[] changed = [new("displayName", before.OwnName, after.OwnName), new("defaults", before.Defaults?.ToString(), after.Defaults?.ToString())];
        changed = [.. changed.Where(c => c.Before != c.After)];
        if (changed.Length > 0) { await audit.RecordAsync(caller, new("channel.changed", "channel", after.Id, $"{after.Network} {after.Handle}") { Changes = changed }, cancellationToken); }
    }

    private static Update<Channel> Changes(Channel before, UpdateChannelRequest request)
    {
        var update = new Update<Channel>().Set(c => c.Paused, request.Paused ?? before.Paused);
        if (request.DisplayName is { } name) { update.Set(c => c.OwnName, string.IsNullOrWhiteSpace(name) ? null : name.Trim()); }
        if (request.Defaults is { } defaults) { update.Set(c => c.Defaults, defaults); }
        return update;
    }

    /// <summary>Done on every request, not only where the flag changed, so that repeating a request that was cut off completes it.</summary>
    private async Task FollowAsync(Caller caller, Channel before, Channel after, CancellationToken cancellationToken)
    {
        if (after.Paused)
        {
            await publishing.HoldChannelAsync(caller, after.Id, new("channel_paused", $"{after.Handle} is paused.", "Resume the channel: its posts then go on."), cancellationToken);
        }
        else if (after.GrantLostAt is null) { await publishing.ReleaseChannelAsync(caller, after.Id, cancellationToken); }
        if (before.Paused == after.Paused) { return; }
        await audit.RecordAsync(caller, new(after.Paused ? "channel.paused" : "channel.resumed", "channel", after.Id, $"{after.Network} {after.Handle}"), cancellationToken);
    }
}
