using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Ends a connect when its person comes back from the network.</summary>
public sealed class CompleteConnect(INetworks networks, PendingConnects pending, KeepAccount keep)
{
    /// <summary>Does it.</summary>
    /// <param name="caller">Who; must be who began it, in the same organization.</param>
    /// <param name="networkKey">The network.</param>
    /// <param name="callback">What the network put into the address that it sent the person to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ChannelView>> RunAsync(Caller caller, string networkKey, IReadOnlyDictionary<string, string> callback, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ChannelsManage)) { return Problem.Forbidden(); }
        if (networks.Find(networkKey) is not { } network) { return Problem.NotFound("network"); }
        var state = callback.GetValueOrDefault("state", "");
        if (state.Length is 0 or > 500 || await pending.TakeAsync(caller, networkKey, state, cancellationToken) is not var (channelId, flow))
        {
            return Problem.Invalid("connect_expired", "This connect has ended, or was begun by someone else or in another organization. Begin it again.");
        }
        var account = await network.CompleteConnectAsync(flow, callback, cancellationToken);
        if (!account.Ok) { return account.Problem; }
        return (await keep.RunAsync(caller, new(networkKey, channelId, account.Value), cancellationToken)).Map(channel => channel.ToView(networks));
    }
}
