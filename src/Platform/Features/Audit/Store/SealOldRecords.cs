using Platform.Features.Audit.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>Puts the records of before the chain in line for their seal, oldest first. What stands in them now is what is held from now on.</summary>
public sealed class SealOldRecords : IMigration
{
    /// <inheritdoc />
    public string Name => "2026-11-22-audit-chain";

    /// <inheritdoc />
    public async Task RunAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        var (pending, seals) = (store.ForPlatform<AuditPending>(Caller.Platform), store.ForPlatform<AuditSeal>(Caller.Platform));
        await foreach (var record in store.ForPlatform<AuditRecord>(Caller.Platform).StreamAsync(new Query<AuditRecord>(), cancellationToken))
        {
            if (await seals.GetAsync(record.Id, cancellationToken) is not null || await pending.GetAsync(record.Id, cancellationToken) is not null) { continue; }
            await pending.InsertAsync(
                new AuditPending { Id = record.Id, At = record.At, Chain = record.OrganizationId ?? ChainHash.PlatformChain, RecordHash = ChainHash.OfRecord(CanonicalRecord.Write(record)) }, cancellationToken);
        }
    }
}
