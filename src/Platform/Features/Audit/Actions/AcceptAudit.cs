using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Store;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>Takes the log's end as it is after a backup was restored: the checkpoints of before are put aside, and the act itself is recorded.</summary>
public sealed class AcceptAudit(ChainStore store, AuditKeyStore keys, AuditCheckpoints checkpoints, SealAudit seal, IAudit audit)
{
    /// <summary>Does it; only from the command line.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(cancellationToken) is not { } key) { return; }
        var head = await store.HeadAsync(cancellationToken);
        checkpoints.Accept(key, head);
        await audit.RecordAsync(Caller.Platform, new AuditEntry("audit.end_accepted", "audit_log", AuditCheck.TheId, $"The log was taken to end at entry {head?.Sequence ?? 0}."), cancellationToken);
        await seal.RunAsync(cancellationToken);
    }
}
