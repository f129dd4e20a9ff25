using System.Collections.Concurrent;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>
/// Gets new tokens, once however many ask: callers in this copy join the refresh that runs, other copies wait for the lease on the record. Many
/// networks spend the refresh token with its use; two refreshes at once would lose the account. Only the network's word that the grant is
/// gone flags the channel; any other failure leaves it connected.
/// </summary>
public sealed class RefreshTokens(ChannelTokens tokens, OpenChannels open, FlagChannel flag, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ConcurrentDictionary<(string Organization, string Channel, string Seen), Lazy<Task<RefreshOutcome>>> _running = new();

    /// <summary>Does it.</summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="seen">The access token that was refused; where another is stored, that one is the answer.</param>
    /// <param name="cancellationToken">Stops waiting; the refresh itself goes on for the others.</param>
    public Task<RefreshOutcome> RunAsync(string organizationId, string channelId, string seen, CancellationToken cancellationToken)
    {
        var key = (organizationId, channelId, seen);
        return _running.GetOrAdd(key, _ => new(() => RunOnceAsync(key))).Value.WaitAsync(cancellationToken);
    }

    private async Task<RefreshOutcome> RunOnceAsync((string Organization, string Channel, string Seen) key)
    {
        await Task.Yield();
        try
        {
            var outcome = await FlyAsync(Caller.System(key.Organization, "channels"), key.Channel, key.Seen, Ids.New(clock.GetUtcNow()));
            // Another copy may have got the tokens, and its word of it may come late: whoever asked must not send the old one again.
            open.Forget(key.Channel);
            if (outcome is RefreshOutcome.NeedsReconnect(var detail)) { await flag.RunAsync(key.Organization, key.Channel, detail, default); }
            return outcome;
        }
        finally { _running.TryRemove(key, out _); }
    }

    private async Task<RefreshOutcome> FlyAsync(Caller caller, string channelId, string seen, string flight)
    {
        for (var end = clock.GetUtcNow() + Patience; clock.GetUtcNow() < end;)
        {
            if (await tokens.ReadAsync(caller, channelId) is not var (channel, stored)) { return new RefreshOutcome.Transient("the channel is gone"); }
            if (channel.GrantLostAt is not null) { return new RefreshOutcome.NeedsReconnect(channel.GrantLostReason ?? ""); }
            if (stored.AccessToken != seen) { return new RefreshOutcome.Refreshed(stored); }
            if (await tokens.TakeAsync(caller, channelId, flight) is { } leased) { return await AskAsync(caller, leased, seen, flight); }
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock);
        }
        return new RefreshOutcome.Transient("another refresh of this channel takes too long");
    }

    private async Task<RefreshOutcome> AskAsync(Caller caller, Channel channel, string seen, string flight)
    {
        var kept = false;
        try
        {
            if (open.Open(channel) is not { } opened) { return new RefreshOutcome.Transient($"the network {channel.Network} is not part of this installation"); }
            var old = opened.Connection.Secrets;
            // The read before the lease may be old: another copy may have finished in between.
            if (old.AccessToken != seen) { return new RefreshOutcome.Refreshed(old); }
            using var limit = new CancellationTokenSource(ChannelTokens.Lease - TimeSpan.FromSeconds(10), clock);
            var outcome = await opened.Network.RefreshAsync(opened.Connection, limit.Token);
            if (outcome is not RefreshOutcome.Refreshed(var fresh)) { return outcome; }
            if (TokenRules.Merge(old, fresh) is not { } merged) { return new RefreshOutcome.Transient("the network answered without a token"); }
            await tokens.KeepAsync(caller, channel, merged, flight);
            kept = true;
            return new RefreshOutcome.Refreshed(merged);
        }
        finally
        {
            if (!kept) { await tokens.ReleaseAsync(caller, channel.Id, flight); }
        }
    }
}
