using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>What a check found.</summary>
/// <param name="Channel">The channel as it is now.</param>
/// <param name="Healthy">Whether it works.</param>
/// <param name="Detail">What the network said, where it does not.</param>
public sealed record ChannelCheck(ChannelView Channel, bool Healthy, string? Detail);

/// <summary>Asks the network whether a channel works, with one refresh of its tokens where they have ended, and takes over what changed there.</summary>
public sealed class CheckChannel(ChannelStore store, OpenChannels open, RefreshTokens refresh, FlagChannel flag, ChannelChanges changes, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task<Result<ChannelCheck>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ChannelsManage)) { return Problem.Forbidden(); }
        if (ChannelAccess.Refuse(caller, [id]) is { } refused) { return refused; }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } channel) { return Problem.NotFound("channel"); }
        if (open.Open(channel) is not { } opened) { return Problem.Conflict("network_not_ready", $"The network {channel.Network} is not part of this installation."); }
        var outcome = await AskAsync(caller, channel, opened, cancellationToken);
        var (healthy, said) = await FollowAsync(channel, outcome, cancellationToken);
        var after = await store.GetAsync(caller, id, cancellationToken);
        return after is null ? Problem.NotFound("channel") : new ChannelCheck(after.ToView(opened.Network), healthy, said);
    }

    private async Task<CheckOutcome> AskAsync(Caller caller, Channel channel, OpenChannel opened, CancellationToken cancellationToken)
    {
        await store.UpdateAsync(caller, c => c.Id == channel.Id, new Update<Channel>().Set(c => c.TriedAt, clock.GetUtcNow()), cancellationToken);
        var outcome = await opened.Network.CheckAsync(opened.Connection, cancellationToken);
        if (outcome is not CheckOutcome.AuthExpired) { return outcome; }
        return await refresh.RunAsync(channel.OrganizationId, channel.Id, opened.Connection.Secrets.AccessToken, cancellationToken) switch
        {
            RefreshOutcome.Refreshed(var secrets) => await opened.Network.CheckAsync(opened.Connection with { Secrets = secrets }, cancellationToken),
            RefreshOutcome.NeedsReconnect(var detail) => new CheckOutcome.NeedsReconnect(detail),
            RefreshOutcome.Transient(var detail) => new CheckOutcome.Transient(detail),
            var unknown => throw new InvalidOperationException($"unknown outcome {unknown}"),
        };
    }

    private async Task<(bool Healthy, string? Detail)> FollowAsync(Channel channel, CheckOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case CheckOutcome.Healthy(var account):
                await TakeOverAsync(channel, account, cancellationToken);
                return (true, null);
            case CheckOutcome.NeedsReconnect(var detail):
                await flag.RunAsync(channel.OrganizationId, channel.Id, detail, cancellationToken);
                return (false, detail);
            case CheckOutcome.AuthExpired(var detail): return (false, detail);
            default: return (false, ((CheckOutcome.Transient)outcome).Detail);
        }
    }

    private async Task TakeOverAsync(Channel channel, ConnectedAccount account, CancellationToken cancellationToken)
    {
        var update = new Update<Channel>().Set(c => c.LastCheckedAt, clock.GetUtcNow()).Set(c => c.Handle, account.Handle).Set(c => c.DisplayName, account.DisplayName)
            .Set(c => c.ProfileUrl, account.ProfileUrl ?? channel.ProfileUrl).Set(c => c.AvatarUrl, account.AvatarUrl ?? channel.AvatarUrl).Set(c => c.Limits, account.Limits ?? channel.Limits);
        await store.UpdateAsync(Caller.System(channel.OrganizationId, "channels"), c => c.Id == channel.Id, update, cancellationToken);
        await changes.AnnounceAsync(channel.OrganizationId, channel.Id, cancellationToken);
    }
}
