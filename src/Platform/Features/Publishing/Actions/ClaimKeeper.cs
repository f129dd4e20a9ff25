using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Storage;

namespace Platform.Features.Publishing.Actions;

/// <summary>
/// Writes what a worker does to a publication, always on the condition that its claim is still the stored one: a worker that was paused past its lease
/// finds another epoch and its write is refused.
/// </summary>
public sealed class ClaimKeeper(DispatchStore store, WorkerIdentity worker, PublishingPolicy policy, Announcer announcer, TimeProvider clock, ILogger<ClaimKeeper> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The write-ahead intent, on exactly the record that the call was prepared from. False where the record changed: then <paramref name="work"/>
    /// carries the new one to prepare again, or is lost.
    /// </summary>
    public async Task<bool> IntendAsync(ClaimedPublication work, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lease = new Lease(worker.Node, worker.Worker, now + policy.Lease);
        var written = await store.TryReplaceAsync(work.Record with { Publication = work.It.Intend(lease, now) with { WakeAt = lease.Until + ClaimPublications.Ahead } }, cancellationToken);
        if (written is null) { await ReloadAsync(work, cancellationToken); return false; }
        work.Record = written;
        await announcer.PostChangedAsync(work.OrganizationId, work.It.PostId, cancellationToken);
        return true;
    }

    /// <summary>A transition before anything is sent. False where the claim is lost.</summary>
    public async Task<bool> SaveAsync(ClaimedPublication work, Func<Publication, Publication> transition, CancellationToken cancellationToken)
    {
        while (!work.IsLost)
        {
            var next = transition(work.It);
            if (ReferenceEquals(next, work.It)) { return true; }
            if (await store.TryReplaceAsync(work.Record with { Publication = next }, cancellationToken) is { } written)
            {
                work.Record = written;
                await announcer.WakeAsync(next.Lease is null ? next.WakeAt : null, cancellationToken);
                return true;
            }
            await ReloadAsync(work, cancellationToken);
        }
        return false;
    }

    /// <summary>The result of a call: written however often the store refuses, until the lease ends and another takes over. The call is never repeated for it.</summary>
    public async Task<bool> SaveResultAsync(ClaimedPublication work, Func<Publication, Publication> transition, CancellationToken cancellationToken)
    {
        var (since, number) = (clock.GetTimestamp(), work.It.Attempts[^1].Number);
        while (true)
        {
            try { return await SaveAsync(work, p => p.Attempts[^1].Number == number ? transition(p) : p, cancellationToken); }
            catch (StorageUnavailableException e) when (clock.GetElapsedTime(since) < policy.Lease - policy.SendTimeout)
            {
                logger.LogWarning(e, "The result of attempt {Number} of publication {Id} cannot be stored yet", number, work.Id);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task ReloadAsync(ClaimedPublication work, CancellationToken cancellationToken)
    {
        var current = await store.GetAsync(work.Id, cancellationToken);
        work.IsLost = current is null || !current.Publication.IsHeldBy(worker.Worker, work.Epoch);
        if (!work.IsLost) { work.Record = current!; return; }
        logger.LogInformation("Publication {Id}: the claim of epoch {Epoch} no longer counts (stored: {Stored})", work.Id, work.Epoch, current?.Publication.Epoch);
    }
}
