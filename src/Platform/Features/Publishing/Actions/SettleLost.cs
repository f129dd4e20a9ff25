using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>Finds out about parts that are with the network already: a lost answer is looked up, a processed part is asked after. Nothing is sent here.</summary>
public sealed class SettleLost(IChannels channels, PreparePart prepare, ClaimKeeper keeper, NetworkCall call, PublishingPolicy policy, TimeProvider clock)
{
    /// <summary>A call was out when its worker died or lost its lease: only the network knows what became of it.</summary>
    public Task TakeOverAsync(ClaimedPublication work) =>
        keeper.SaveAsync(work, p => p.Lost("the app stopped while it was being sent", policy, clock.GetUtcNow()), CancellationToken.None);

    /// <summary>Looks up the part whose answer was lost.</summary>
    public async Task LookUpAsync(ClaimedPublication work)
    {
        var lookup = await FindAsync(work);
        await keeper.SaveResultAsync(work, p => Next(p, lookup.Outcome, lookup.SafeRepeat), CancellationToken.None);
    }

    /// <summary>Asks after the part that the network processes.</summary>
    public async Task PollAsync(ClaimedPublication work)
    {
        var outcome = await AskAsync(work);
        await keeper.SaveResultAsync(work, p => Outcomes.Polled(p, outcome, policy, clock.GetUtcNow()), CancellationToken.None);
    }

    private async Task<(LookupOutcome Outcome, bool SafeRepeat)> FindAsync(ClaimedPublication work)
    {
        if (await channels.OpenAsync(work.OrganizationId, work.ChannelId, CancellationToken.None) is not { } channel) { return (new LookupOutcome.Unsure("the channel is gone"), false); }
        var attempt = work.It.Attempts[^1];
        if (await prepare.RequestAsync(work, attempt.Part, () => false, CancellationToken.None) is not { } request) { return (new LookupOutcome.Unsure("a medium of it is gone"), false); }
        return (await call.FindAsync(work, channel, request, attempt.StartedAt), channel.Network.Descriptor.Capabilities.HasFlag(NetworkCapabilities.SafeRepeat));
    }

    private async Task<PublishOutcome> AskAsync(ClaimedPublication work)
    {
        if (await channels.OpenAsync(work.OrganizationId, work.ChannelId, CancellationToken.None) is not { } channel) { return new PublishOutcome.Unknown("the channel is gone"); }
        if (await prepare.RequestAsync(work, work.It.Sent.Count, () => false, CancellationToken.None) is not { } request) { return new PublishOutcome.Unknown("a medium of it is gone"); }
        var outcome = await call.PollAsync(work, channel, request, work.It.Processing!.Handle);
        if (outcome is PublishOutcome.AuthExpired) { await channels.RefreshAsync(work.OrganizationId, work.ChannelId, channel.Connection.Secrets.AccessToken, CancellationToken.None); }
        return outcome;
    }

    private Publication Next(Publication it, LookupOutcome outcome, bool safeRepeat)
    {
        var now = clock.GetUtcNow();
        var counts = it.AbsenceCounts(policy, now);
        return outcome switch
        {
            LookupOutcome.Found { Post: var post } => it.FoundThere(new SentPart(post.Id, post.Url, post.Revision), now),
            LookupOutcome.Absent when counts => it.SendAgain(absent: true, policy, now),
            LookupOutcome.Unsure when counts && safeRepeat && it.RepeatIsSafe(policy, now) => it.SendAgain(absent: false, policy, now),
            LookupOutcome.Unsure unsure => it.StillUnsure(unsure.Detail, policy, now),
            _ => it.StillUnsure("not there yet, which may still change", policy, now),
        };
    }
}
