using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>What dispatching a publication taught about its channel.</summary>
/// <param name="ChannelWaitsUntil">The network asked to wait; null where not.</param>
/// <param name="LookAgain">The claim was lost to a change: there may be something due that was not seen.</param>
public sealed record DispatchLesson(DateTimeOffset? ChannelWaitsUntil = null, bool LookAgain = false);

/// <summary>Sends the parts of a claimed publication in order: prepare, store the intent, send once, store the result; stops at the first that does not get out.</summary>
public sealed class SendParts(PreparePart prepare, ClaimKeeper keeper, NetworkCall call, AfterSend after, Failpoints failpoints, TimeProvider clock)
{
    /// <summary>Sends what is due.</summary>
    /// <param name="work">The publication.</param>
    /// <param name="stopping">The app is stopping: nothing new is begun, what is out is finished.</param>
    public async Task<DispatchLesson> RunAsync(ClaimedPublication work, CancellationToken stopping)
    {
        while (work.It.MayIntend(clock.GetUtcNow()))
        {
            if (stopping.IsCancellationRequested) { await keeper.SaveAsync(work, p => p.GiveBack(p.Due!.At), CancellationToken.None); return new(); }
            var gate = call.NewGate();
            var part = await prepare.RunAsync(work, gate.IsOpen, CancellationToken.None);
            if (part.Instead is { } instead) { await keeper.SaveAsync(work, instead, CancellationToken.None); return new(LookAgain: work.IsLost); }
            failpoints.Hit(Failpoints.BeforeIntent);
            gate.Start();
            if (!await keeper.IntendAsync(work, CancellationToken.None)) { if (work.IsLost) { return new(LookAgain: true); } continue; }
            failpoints.Hit(Failpoints.AfterIntent);
            if (await SendAsync(work, part) is { } lesson) { return lesson; }
        }
        return await LeftOverAsync(work);
    }

    // Null: go on with the next part, or with a fresh token.
    private async Task<DispatchLesson?> SendAsync(ClaimedPublication work, PreparedPart part)
    {
        var outcome = await call.PublishAsync(work, part.Channel!, part.Request!);
        failpoints.Hit(Failpoints.BeforeResult);
        var stored = await after.StoreAsync(work, outcome);
        failpoints.Hit(Failpoints.AfterResult);
        if (!stored) { return new(LookAgain: true); }
        return await after.FollowAsync(work, part.Channel!, outcome) ? null : new(outcome is PublishOutcome.RateLimited ? work.It.NextAttemptAt : null);
    }

    // Claimed a little early, or edited meanwhile: it goes back with its time.
    private async Task<DispatchLesson> LeftOverAsync(ClaimedPublication work)
    {
        if (work.It.Lease is not null && work.It.WakeAt is not null && work.It.Due is { } due && !work.It.IsSending && work.It.Processing is null)
        {
            await keeper.SaveAsync(work, p => p.GiveBack(p.NextAttemptAt ?? due.At), CancellationToken.None);
            return new(LookAgain: true);
        }
        return new();
    }
}
