using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>An account that a person has proved to hold, on its way to be a channel.</summary>
/// <param name="Network">The network's key.</param>
/// <param name="ChannelId">The id it will have, or has.</param>
/// <param name="Account">The account.</param>
public sealed record ProvedAccount(string Network, string ChannelId, ConnectedAccount Account);

/// <summary>Makes a proved account a channel, or gives an existing channel of the same account its new tokens.</summary>
public sealed class KeepAccount(ChannelStore store, ChannelSeal seal, IPlanLimits limits, IAudit audit, ReviveChannel revive, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Channel>> RunAsync(Caller caller, ProvedAccount proved, CancellationToken cancellationToken)
    {
        var same = await store.FindAccountAsync(caller, proved.Network, proved.Account.RemoteAccountId, cancellationToken);
        if (same is not null) { return await revive.RunAsync(caller, same, proved.Account, cancellationToken); }
        if (await store.GetAsync(caller, proved.ChannelId, cancellationToken) is { } other)
        {
            return Problem.Conflict("different_account", $"You signed in as {proved.Account.Handle}, but this channel is {other.Handle}. Sign in with the same account, or connect the other one as a new channel.");
        }
        var plan = await limits.OfAsync(caller.OrganizationId, cancellationToken);
        var used = await store.CountAsync(caller, cancellationToken);
        if (plan.Channels is { } most && used >= most) { return PlanProblems.Reached(plan, "channels", most, used); }
        try
        {
            var channel = await store.AddAsync(caller, Make(caller, proved), cancellationToken);
            await audit.RecordAsync(caller, new("channel.connected", "channel", channel.Id, $"{channel.Network} {channel.Handle}"), cancellationToken);
            await revive.AnnounceAsync(channel, cancellationToken);
            return channel;
        }
        catch (DuplicateKeyException)
        {
            return Problem.Conflict("channel_connected_meanwhile", "This account was connected a moment ago. Reload the channels.");
        }
    }

    private Channel Make(Caller caller, ProvedAccount proved) => new()
    {
        Id = proved.ChannelId,
        OrganizationId = caller.OrganizationId,
        Network = proved.Network,
        RemoteAccountId = proved.Account.RemoteAccountId,
        Handle = proved.Account.Handle,
        DisplayName = proved.Account.DisplayName,
        ProfileUrl = proved.Account.ProfileUrl,
        AvatarUrl = proved.Account.AvatarUrl,
        ServiceUrl = proved.Account.ServiceUrl,
        Limits = proved.Account.Limits,
        Sealed = seal.Seal(caller.OrganizationId, proved.ChannelId, proved.Account.Secrets),
        TokenExpiresAt = proved.Account.Secrets.ExpiresAt,
        LastCheckedAt = clock.GetUtcNow(),
        TriedAt = clock.GetUtcNow(),
        ConnectedBy = caller.UserId ?? caller.Name,
        ConnectedAt = clock.GetUtcNow(),
    };
}
