using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <inheritdoc />
public sealed class ChannelsDoor(ChannelStore store, INetworks networks, OpenChannels open, RefreshTokens refresh, FlagChannel flag) : IChannels
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<ChannelView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return []; }
        return [.. (await store.ListAsync(caller, cancellationToken)).Select(channel => channel.ToView(networks))];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ChannelView>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return []; }
        return [.. (await store.FindAsync(caller, ids, cancellationToken)).Select(channel => channel.ToView(networks))];
    }

    /// <inheritdoc />
    public async Task<Result<ChannelView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return Ids.IsValid(id) && await store.GetAsync(caller, id, cancellationToken) is { } channel ? channel.ToView(networks) : Problem.NotFound("channel");
    }

    /// <inheritdoc />
    public Task<OpenChannel?> OpenAsync(string organizationId, string channelId, CancellationToken cancellationToken) =>
        open.GetAsync(organizationId, channelId, cancellationToken);

    /// <inheritdoc />
    public Task<RefreshOutcome> RefreshAsync(string organizationId, string channelId, string seen, CancellationToken cancellationToken) =>
        refresh.RunAsync(organizationId, channelId, seen, cancellationToken);

    /// <inheritdoc />
    public Task FlagAsync(string organizationId, string channelId, string reason, CancellationToken cancellationToken) =>
        flag.RunAsync(organizationId, channelId, reason, cancellationToken);
}
