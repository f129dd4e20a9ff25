using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>The chain's side of the store: what waits, what is sealed, what the last check found.</summary>
public sealed class ChainStore(IDocumentStore store)
{
    /// <summary>How many records are sealed, or checked, at a time.</summary>
    public const int PageSize = 200;

    private IDocuments<AuditRecord> Records => store.ForPlatform<AuditRecord>(Caller.Platform);

    private IDocuments<AuditSeal> Seals => store.ForPlatform<AuditSeal>(Caller.Platform);

    private IDocuments<AuditPending> Pending => store.ForPlatform<AuditPending>(Caller.Platform);

    private IDocuments<AuditCheck> Checks => store.ForPlatform<AuditCheck>(Caller.Platform);

    /// <summary>The oldest that wait.</summary>
    public async Task<IReadOnlyList<AuditPending>> WaitingAsync(CancellationToken cancellationToken) => (await Pending.FindAsync(new Query<AuditPending> { Limit = PageSize }, cancellationToken)).Items;

    /// <summary>How many wait, of one chain if it is named.</summary>
    public Task<long> CountWaitingAsync(string? chain, CancellationToken cancellationToken) =>
        chain is null ? Pending.CountAsync(_ => true, cancellationToken) : Pending.CountAsync(p => p.Chain == chain, cancellationToken);

    /// <summary>Those of these records that wait.</summary>
    public async Task<HashSet<string>> WaitingOfAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? []
        : [.. (await Pending.FindAsync(new Query<AuditPending> { Filter = p => ids.Contains(p.Id), Limit = 1000 }, cancellationToken)).Items.Select(p => p.Id)];

    /// <summary>The one that waits longest.</summary>
    public Task<AuditPending?> OldestWaitingAsync(CancellationToken cancellationToken) => Pending.FirstAsync(_ => true, cancellationToken: cancellationToken);

    /// <summary>The last entry of the platform's chain.</summary>
    public Task<AuditSeal?> HeadAsync(CancellationToken cancellationToken) => Seals.FirstAsync(_ => true, Sort<AuditSeal>.ByDescending(s => s.Sequence), cancellationToken);

    /// <summary>The last entry of one chain.</summary>
    public Task<AuditSeal?> HeadAsync(string chain, CancellationToken cancellationToken) => Seals.FirstAsync(s => s.Chain == chain, Sort<AuditSeal>.ByDescending(s => s.ChainSequence), cancellationToken);

    /// <summary>An entry of the platform's chain by its number.</summary>
    public Task<AuditSeal?> EntryAsync(long sequence, CancellationToken cancellationToken) => Seals.FirstAsync(s => s.Sequence == sequence, cancellationToken: cancellationToken);

    /// <summary>An entry of one chain by its number.</summary>
    public Task<AuditSeal?> EntryAsync(string chain, long sequence, CancellationToken cancellationToken) => Seals.FirstAsync(s => s.Chain == chain && s.ChainSequence == sequence, cancellationToken: cancellationToken);

    /// <summary>The next entries after a number, of one chain or, where none is named, of the platform's.</summary>
    public async Task<IReadOnlyList<AuditSeal>> AfterAsync(string? chain, long sequence, CancellationToken cancellationToken) => (await Seals.FindAsync(
        chain is null
            ? new Query<AuditSeal> { Filter = s => s.Sequence > sequence, Sort = Sort<AuditSeal>.By(s => s.Sequence), Limit = PageSize }
            : new Query<AuditSeal> { Filter = s => s.Chain == chain && s.ChainSequence > sequence, Sort = Sort<AuditSeal>.By(s => s.ChainSequence), Limit = PageSize }, cancellationToken)).Items;

    /// <summary>Those of these records that have a seal.</summary>
    public async Task<HashSet<string>> SealedOfAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? []
        : [.. (await Seals.FindAsync(new Query<AuditSeal> { Filter = s => ids.Contains(s.Id), Limit = 1000 }, cancellationToken)).Items.Select(s => s.Id)];

    /// <summary>Records by id.</summary>
    public async Task<Dictionary<string, AuditRecord>> RecordsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? []
        : (await Records.FindAsync(new Query<AuditRecord> { Filter = r => ids.Contains(r.Id), Limit = 1000 }, cancellationToken)).Items.ToDictionary(r => r.Id);

    /// <summary>The ids of all records, of one organization if it is named, a page at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> RecordIdsAsync(string? organizationId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = organizationId is null
            ? new Query<AuditRecord> { Limit = PageSize }
            : new Query<AuditRecord> { Filter = r => r.OrganizationId == organizationId, Sort = Sort<AuditRecord>.By(r => r.At), Limit = PageSize };
        do
        {
            var page = await Records.FindAsync(query, cancellationToken);
            yield return [.. page.Items.Select(r => r.Id)];
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
    }

    /// <summary>Writes seals in the place of what waited: all or none; false where another copy was faster.</summary>
    public async Task<bool> SealAsync(IReadOnlyList<AuditSeal> seals, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        foreach (var seal in seals) { batch.Insert(Caller.Platform, seal).Delete<AuditPending>(Caller.Platform, seal.Id); }
        try { return await store.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return false; }
    }

    /// <summary>The last check; null where there was none.</summary>
    public Task<AuditCheck?> LastCheckAsync(CancellationToken cancellationToken) => Checks.GetAsync(AuditCheck.TheId, cancellationToken);

    /// <summary>Keeps what a check found. Of two that end at once, one is kept.</summary>
    public async Task KeepAsync(AuditCheck check, CancellationToken cancellationToken)
    {
        var known = await LastCheckAsync(cancellationToken);
        try
        {
            if (known is null) { await Checks.InsertAsync(check, cancellationToken); return; }
            await Checks.TryReplaceAsync(check with { Version = known.Version }, cancellationToken);
        }
        catch (DuplicateKeyException) { /* the other's is as fresh */ }
    }
}
