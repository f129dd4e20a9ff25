using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Contracts;

/// <summary>Something that was done and must be answerable for.</summary>
/// <param name="Action">verb in dotted form: <c>organization.suspended</c>, <c>channel.connected</c>, <c>post.scheduled</c>, <c>sign_in.failed</c>.</param>
/// <param name="TargetKind">What it was done to: organization, user, channel, post, job …</param>
/// <param name="TargetId">Its id.</param>
/// <param name="Detail">A few words; no secrets, no message bodies.</param>
/// <param name="OrganizationId">The organization it concerns; null: the caller's own, or none.</param>
public sealed record AuditEntry(string Action, string TargetKind, string TargetId, string Detail = "", string? OrganizationId = null)
{
    /// <summary>What changed, field by field; secrets and message bodies are left out or named as changed only.</summary>
    public IReadOnlyList<AuditChange> Changes { get; init; } = [];
}

/// <summary>One field's change.</summary>
/// <param name="Field">Its name on the wire.</param>
/// <param name="Before">As text; null: there was none, or it may not be shown.</param>
/// <param name="After">As text; null: there is none, or it may not be shown.</param>
public sealed record AuditChange(string Field, string? Before, string? After);

/// <summary>Records who did what.</summary>
public interface IAudit
{
    /// <summary>Stores the entry with the caller's name, address and correlation id.</summary>
    Task RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Adds the entry to a batch.</summary>
    void Record(WriteBatch batch, Caller caller, AuditEntry entry);
}
