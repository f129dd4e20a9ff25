using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>A head that somebody kept from an earlier verification or export.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Hash">Its hash.</param>
public sealed record KnownHead(long Sequence, string Hash);

/// <summary>Reads a chain from its first entry to its last and says what was changed, deleted, inserted, moved or cut off.</summary>
public sealed class VerifyAudit(ChainStore store, AuditKeyStore keys, AuditCheckpoints checkpoints, TimeProvider time)
{
    /// <summary>How long an entry may wait for its seal.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>The caller's own organization's chain; for those who may read it.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="known">A head kept from before, which must still be there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<AuditVerdict>> OwnAsync(Caller caller, KnownHead? known, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AuditRead)) { return Problem.Forbidden(); }
        var walk = await WalkAsync(caller.OrganizationId, cancellationToken);
        if (known is not null && (await store.EntryAsync(caller.OrganizationId, known.Sequence, cancellationToken))?.ChainHash != known.Hash)
        {
            walk.Add(walk.Sequence < known.Sequence ? "truncated" : "changed", known.Sequence, null, $"Entry {known.Sequence} does not have the hash that you kept.");
        }
        return await SayAsync(walk, caller.OrganizationId, cancellationToken);
    }

    /// <summary>The whole log; the finding is kept for the staff's pages.</summary>
    public async Task<Result<AuditVerdict>> WholeAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffAuditRead)) { return Problem.Forbidden(); }
        var walk = await WalkAsync(null, cancellationToken);
        if (await keys.FindAsync(cancellationToken) is { } key) { await CompareAsync(walk, key, cancellationToken); }
        else if (walk.Entries > 0) { walk.Add("forged", null, null, "The log's key is gone."); }
        await FindLateAsync(walk, cancellationToken);
        var verdict = await SayAsync(walk, null, cancellationToken);
        await store.KeepAsync(new AuditCheck { Id = AuditCheck.TheId, Verdict = verdict }, cancellationToken);
        return verdict;
    }

    private async Task<ChainWalk> WalkAsync(string? organizationId, CancellationToken cancellationToken)
    {
        var walk = new ChainWalk(await keys.FindAsync(cancellationToken), whole: organizationId is null);
        while (await store.AfterAsync(organizationId, walk.Sequence, cancellationToken) is { Count: > 0 } page)
        {
            var records = await store.RecordsAsync([.. page.Select(s => s.Id)], cancellationToken);
            foreach (var seal in page) { walk.Step(seal, records.GetValueOrDefault(seal.Id)); }
        }
        await FindInsertedAsync(walk, organizationId, cancellationToken);
        return walk;
    }

    // A record of the last moment may have been sealed between the two questions: ask for the seal again before accusing anyone.
    private async Task FindInsertedAsync(ChainWalk walk, string? organizationId, CancellationToken cancellationToken)
    {
        await foreach (var ids in store.RecordIdsAsync(organizationId, cancellationToken))
        {
            var known = await store.SealedOfAsync(ids, cancellationToken);
            string[] unsealed = [.. ids.Where(id => !known.Contains(id))];
            if (unsealed.Length == 0) { continue; }
            var waiting = await store.WaitingOfAsync(unsealed, cancellationToken);
            var sealedSince = await store.SealedOfAsync(unsealed, cancellationToken);
            foreach (var id in unsealed.Where(id => !waiting.Contains(id) && !sealedSince.Contains(id)))
            {
                walk.Add("inserted", null, id, $"Record {id} was never sealed and does not wait for it: it was put in from outside, or its seal was taken away.");
            }
        }
    }

    private async Task CompareAsync(ChainWalk walk, byte[] key, CancellationToken cancellationToken)
    {
        var kept = checkpoints.Read(key);
        if (kept.Foreign) { walk.Add("forged", null, null, "A checkpoint file holds a line that this installation did not write."); }
        foreach (var checkpoint in kept.All)
        {
            var entry = await store.EntryAsync(checkpoint.Sequence, cancellationToken);
            if (entry?.Hash == checkpoint.Hash) { continue; }
            if (entry is not null) { walk.Add("changed", checkpoint.Sequence, null, $"Entry {checkpoint.Sequence} does not have the hash of its checkpoint."); }
            else if (checkpoint.Sequence > walk.Sequence)
            {
                walk.Add("truncated", walk.Sequence + 1, null, $"The log ends at entry {walk.Sequence}, but entry {checkpoint.Sequence} was sealed before: its end was cut off, or an older backup was restored.");
            }
        }
    }

    private async Task FindLateAsync(ChainWalk walk, CancellationToken cancellationToken)
    {
        if (await store.OldestWaitingAsync(cancellationToken) is { } oldest && time.GetUtcNow() - oldest.At > LongestWait)
        {
            walk.Add("unsealed", null, oldest.Id, $"Record {oldest.Id} waits for its seal since {oldest.At:u}.");
        }
    }

    private async Task<AuditVerdict> SayAsync(ChainWalk walk, string? chain, CancellationToken cancellationToken) => new(
        walk.FaultCount == 0, walk.Entries, await store.CountWaitingAsync(chain, cancellationToken), walk.Sequence, walk.Hash, time.GetUtcNow(), walk.Faults, walk.FaultCount);
}
