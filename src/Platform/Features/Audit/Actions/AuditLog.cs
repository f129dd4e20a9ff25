using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <inheritdoc cref="IAudit" />
public sealed class AuditLog(AuditStore store, TimeProvider time) : IAudit
{
    private const int DetailLength = 500;

    /// <inheritdoc />
    public Task RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken) => store.AddAsync(Make(caller, entry), cancellationToken);

    /// <inheritdoc />
    public void Record(WriteBatch batch, Caller caller, AuditEntry entry) => batch.Insert(Caller.Platform, Make(caller, entry));

    private AuditRecord Make(Caller caller, AuditEntry entry) => new()
    {
        At = time.GetUtcNow(),
        ActorKind = caller.Kind,
        ActorId = caller.UserId,
        ActorName = caller.Name,
        OrganizationId = entry.OrganizationId ?? caller.Organization?.Value,
        Action = entry.Action,
        TargetKind = entry.TargetKind,
        TargetId = entry.TargetId,
        Detail = entry.Detail.Length <= DetailLength ? entry.Detail : entry.Detail[..DetailLength],
        Address = caller.Address,
        CorrelationId = caller.CorrelationId,
    };
}
