using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Actions;

/// <inheritdoc cref="IAudit" />
public sealed class AuditLog(AuditStore store, AuditWake wake, TimeProvider time) : IAudit
{
    /// <inheritdoc />
    public async Task RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
    {
        await store.AddAsync(Make(caller, entry), cancellationToken);
        wake.Set();
    }

    /// <inheritdoc />
    public void Record(WriteBatch batch, Caller caller, AuditEntry entry)
    {
        AuditStore.Stage(batch, Make(caller, entry));
        wake.Set();
    }

    private AuditRecord Make(Caller caller, AuditEntry entry) => new()
    {
        At = ToMilliseconds(time.GetUtcNow()),
        ActorKind = caller.Kind,
        ActorId = caller.UserId,
        ActorName = Redaction.Short(caller.Name)!,
        OrganizationId = entry.OrganizationId ?? caller.Organization?.Value,
        Action = entry.Action,
        TargetKind = entry.TargetKind,
        TargetId = Redaction.Short(entry.TargetId)!,
        Detail = Redaction.Detail(entry.Detail),
        Changes = Redaction.Changes(entry.Changes),
        Address = caller.Address,
        CorrelationId = Redaction.Short(caller.CorrelationId),
        SessionId = caller.SessionId,
        ApiKeyId = caller.ApiKeyId,
        ImpersonatorId = caller.Impersonator?.StaffId,
        ImpersonatorName = Redaction.Short(caller.Impersonator?.Name),
    };

    private static DateTimeOffset ToMilliseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}

/// <summary>Wakes the sealing of this copy: something was written, or is about to be.</summary>
public sealed class AuditWake
{
    private volatile TaskCompletionSource _signal = New();

    /// <summary>Wakes it.</summary>
    public void Set() => _signal.TrySetResult();

    /// <summary>Ends when somebody has called <see cref="Set"/> since the last wait, or when the time is up.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        try { await _signal.Task.WaitAsync(atMost, time, cancellationToken); }
        catch (TimeoutException) { /* nothing new here; another copy may have written */ }
        _signal = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
