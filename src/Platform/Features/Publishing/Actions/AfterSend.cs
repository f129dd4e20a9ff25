using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>Stores what a call came to, and does what follows for the channel.</summary>
public sealed class AfterSend(ClaimKeeper keeper, IChannels channels, PublishingPolicy policy, TimeProvider clock)
{
    /// <summary>Stores the outcome; false where the claim was lost meanwhile (then another has settled it).</summary>
    public Task<bool> StoreAsync(ClaimedPublication work, PublishOutcome outcome) =>
        keeper.SaveResultAsync(work, p => Outcomes.Apply(p, outcome, policy, clock.GetUtcNow()), CancellationToken.None);

    /// <summary>What follows; true where the worker may go on at once.</summary>
    public async Task<bool> FollowAsync(ClaimedPublication work, OpenChannel channel, PublishOutcome outcome)
    {
        switch (outcome)
        {
            case PublishOutcome.Published: return work.It.State is PublicationState.Publishing;
            case PublishOutcome.AuthExpired when work.It.State is not PublicationState.Held: return await RefreshAsync(work, channel);
            case PublishOutcome.AuthExpired expired: await channels.FlagAsync(work.OrganizationId, work.ChannelId, expired.Detail, CancellationToken.None); return false;
            case PublishOutcome.NeedsReconnect gone: await channels.FlagAsync(work.OrganizationId, work.ChannelId, gone.Detail, CancellationToken.None); return false;
            default: return false;
        }
    }

    private async Task<bool> RefreshAsync(ClaimedPublication work, OpenChannel channel)
    {
        switch (await channels.RefreshAsync(work.OrganizationId, work.ChannelId, channel.Connection.Secrets.AccessToken, CancellationToken.None))
        {
            case RefreshOutcome.Refreshed: return true;
            case RefreshOutcome.NeedsReconnect gone:
                // The channel's feature holds all of the channel by itself; this one is still claimed by us.
                await keeper.SaveAsync(work, p => p.Hold(Outcomes.Reconnect(gone.Detail), "dispatcher", clock.GetUtcNow()), CancellationToken.None);
                return false;
            case RefreshOutcome.Transient transient:
                await keeper.SaveAsync(work, p => p.Postponed($"The channel's token could not be renewed: {transient.Detail}", policy, Outcomes.Jitter(), clock.GetUtcNow()), CancellationToken.None);
                return false;
            default: return false;
        }
    }
}
