using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;

namespace Platform.Features.Audit.Actions;

/// <summary>
/// Gives what waits its place in the chains. Any copy may do it at any time: the numbers are unique in the store, so of several at once one wins and the others begin again;
/// a seal and the end of its waiting are one write, so a crash leaves either both or neither.
/// </summary>
public sealed class SealAudit(ChainStore store, AuditKeyStore keys, AuditCheckpoints checkpoints, TimeProvider time, ILogger<SealAudit> logger)
{
    private const int MostTries = 20;

    /// <summary>Seals all that waits now; returns how many it sealed itself.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        long count = 0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var waiting = await store.WaitingAsync(cancellationToken);
            if (waiting.Count == 0) { break; }
            var done = await SealAsync(waiting, cancellationToken);
            if (done is null) { break; }
            if (done.Value > 0) { (count, tries) = (count + done.Value, 0); }
        }
        return count;
    }

    // Null: nothing can be sealed. 0: another copy was faster.
    private async Task<long?> SealAsync(IReadOnlyList<AuditPending> waiting, CancellationToken cancellationToken)
    {
        var head = await store.HeadAsync(cancellationToken);
        if (await KeyAsync(head, cancellationToken) is not { } key) { return null; }
        var records = await store.RecordsAsync([.. waiting.Select(p => p.Id)], cancellationToken);
        // A note without its record: the record was taken away before it was sealed. It stays as an alarm.
        var ready = waiting.Where(p => records.ContainsKey(p.Id)).ToList();
        if (ready.Count == 0) { return null; }
        var seals = await LinkAsync(ready, head, key, cancellationToken);
        var follows = await FollowsAsync(head, key, cancellationToken);
        if (!await store.SealAsync(seals, cancellationToken)) { return 0; }
        if (follows) { checkpoints.Keep(key, seals[^1]); }
        return seals.Count;
    }

    // A kept head that is no part of the store's chain must not be overwritten: it is what shows that the end was cut off.
    private async Task<bool> FollowsAsync(AuditSeal? head, byte[] key, CancellationToken cancellationToken)
    {
        if (checkpoints.ReadHead(key) is not { } kept) { return true; }
        var there = kept.Sequence == head?.Sequence ? head : await store.EntryAsync(kept.Sequence, cancellationToken);
        if (there?.Hash == kept.Hash) { return true; }
        logger.LogCritical("The audit log was sealed up to entry {Kept}, which is not there any more: entries are missing or were replaced. Run verify-audit", kept.Sequence);
        return false;
    }

    private async Task<byte[]?> KeyAsync(AuditSeal? head, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(cancellationToken) is { } key) { return key; }
        if (head is not null) { logger.LogCritical("The audit log's key is gone: nothing can be sealed"); return null; }
        await keys.MakeAsync(cancellationToken);
        return await keys.FindAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<AuditSeal>> LinkAsync(IReadOnlyList<AuditPending> ready, AuditSeal? head, byte[] key, CancellationToken cancellationToken)
    {
        var tails = new Dictionary<string, (long Sequence, string Hash)>(StringComparer.Ordinal);
        var (sequence, previous, now) = (head?.Sequence ?? 0, head?.Hash ?? ChainHash.Nothing, time.GetUtcNow());
        var seals = new List<AuditSeal>(ready.Count);
        foreach (var pending in ready)
        {
            if (!tails.TryGetValue(pending.Chain, out var tail))
            {
                var last = await store.HeadAsync(pending.Chain, cancellationToken);
                tail = (last?.ChainSequence ?? 0, last?.ChainHash ?? ChainHash.Nothing);
            }
            var chainHash = ChainHash.OfChain(pending.Chain, tail.Sequence + 1, tail.Hash, pending.RecordHash);
            var hash = ChainHash.OfPlatform(++sequence, previous, chainHash);
            seals.Add(new AuditSeal
            {
                Id = pending.Id, Sequence = sequence, Previous = previous, Chain = pending.Chain, ChainSequence = tail.Sequence + 1, ChainPrevious = tail.Hash,
                RecordHash = pending.RecordHash, ChainHash = chainHash, Hash = hash, Mac = ChainHash.Mac(key, hash), SealedAt = now,
            });
            tails[pending.Chain] = (tail.Sequence + 1, chainHash);
            previous = hash;
        }
        return seals;
    }
}
