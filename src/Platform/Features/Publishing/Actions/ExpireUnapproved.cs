using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>Ends waits for approval whose time has come: such a publication is missed, and its author is told.</summary>
public sealed class ExpireUnapproved(PublicationStore store, DispatchStore due, Announcer announcer, TimeProvider clock, ILogger<ExpireUnapproved> logger)
{
    private const int Batch = 200;

    /// <summary>One bounded batch; how many ended.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var record in await due.UnapprovedAsync(clock.GetUtcNow(), Batch, cancellationToken))
        {
            try { ended += await EndAsync(record, cancellationToken) ? 1 : 0; }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested) { logger.LogError(e, "The wait of publication {Id} for approval could not be ended; it is tried again", record.Id); }
        }
        return ended;
    }

    private async Task<bool> EndAsync(PublicationRecord record, CancellationToken cancellationToken)
    {
        var caller = Caller.System(record.OrganizationId, "approval");
        var changed = await store.ChangeAsync(caller, record.Id, p => p.Expire(clock.GetUtcNow()), cancellationToken);
        if (!changed.Ok || changed.Value.Publication.State is not Contracts.PublicationState.Missed) { return false; }
        await announcer.WakeAsync(null, cancellationToken);
        await announcer.PostChangedAsync(record.OrganizationId, record.Publication.PostId, cancellationToken);
        return true;
    }
}
