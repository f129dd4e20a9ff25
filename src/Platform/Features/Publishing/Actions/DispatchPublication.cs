using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Publishing.Actions;

/// <summary>Does what a claimed publication needs now. Never throws: what goes wrong in one never reaches the others.</summary>
public sealed class DispatchPublication(SendParts send, SettleLost settle, UnsentPublications unsent, ClaimKeeper keeper, ILogger<DispatchPublication> logger)
{
    /// <summary>Works on it until it waits for something or is done.</summary>
    public async Task<DispatchLesson> RunAsync(ClaimedPublication work, CancellationToken stopping)
    {
        try { return await StepAsync(work, stopping); }
        catch (Exception e)
        {
            await unsent.StumbleAsync(work, e);
            return new();
        }
    }

    /// <summary>Gives a claim back untouched, to be due at a moment; for what was claimed ahead and must wait.</summary>
    public async Task GiveBackAsync(ClaimedPublication work, DateTimeOffset at)
    {
        try { await keeper.SaveAsync(work, p => p.GiveBack(at), CancellationToken.None); }
        catch (Exception e) { logger.LogWarning(e, "The claim on publication {Id} ends by itself", work.Id); }
    }

    private async Task<DispatchLesson> StepAsync(ClaimedPublication work, CancellationToken stopping)
    {
        var it = work.It;
        if (it.IsSending) { logger.LogWarning("Publication {Id} was cut off while it was being sent; its outcome is looked up", work.Id); await settle.TakeOverAsync(work); }
        else if (it.State is PublicationState.Unconfirmed) { await settle.LookUpAsync(work); }
        else if (it.Processing is not null) { await settle.PollAsync(work); }
        else if (it.State is PublicationState.Held) { await unsent.ReleaseAsync(work); }
        else if (!await unsent.MissAsync(work)) { return await send.RunAsync(work, stopping); }
        return new(LookAgain: work.IsLost);
    }
}
