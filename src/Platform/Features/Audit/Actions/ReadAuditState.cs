using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <summary>How the chain stands: of the caller's organization, or for staff of the whole log.</summary>
public sealed class ReadAuditState(ChainStore store, TimeProvider time)
{
    /// <summary>Reads it.</summary>
    public async Task<Result<AuditChainState>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffAuditRead) && !caller.May(Permission.AuditRead)) { return Problem.Forbidden(); }
        var chain = caller.IsPlatform ? null : caller.OrganizationId;
        var head = chain is null ? await store.HeadAsync(cancellationToken) : await store.HeadAsync(chain, cancellationToken);
        var oldest = await store.OldestWaitingAsync(cancellationToken);
        var check = (await store.LastCheckAsync(cancellationToken))?.Verdict;
        return new AuditChainState(
            (chain is null ? head?.Sequence : head?.ChainSequence) ?? 0, (chain is null ? head?.Hash : head?.ChainHash) ?? ChainHash.Nothing, head?.SealedAt,
            await store.CountWaitingAsync(chain, cancellationToken), oldest?.At, oldest is not null && time.GetUtcNow() - oldest.At > VerifyAudit.LongestWait,
            check is null ? null : new AuditCheckView(check.CheckedAt, check.Sound, check.Entries, check.FaultCount));
    }

    /// <summary>All that the last verification of the whole log found; null where there was none. Staff only.</summary>
    public async Task<Result<AuditVerdict?>> LastAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffAuditRead)) { return Problem.Forbidden(); }
        return (await store.LastCheckAsync(cancellationToken))?.Verdict;
    }
}
