using Platform.Tenancy;

namespace Platform.Features.Audit.Contracts;

/// <summary>An audit record as people see it.</summary>
public sealed record AuditView(
    string Id, DateTimeOffset At, CallerKind ActorKind, string? ActorId, string ActorName, string? OrganizationId, string Action, string TargetKind, string TargetId, string Detail)
{
    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>Joins it to log lines and jobs.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The session it was done in.</summary>
    public string? SessionId { get; init; }

    /// <summary>The API key it was done with.</summary>
    public string? ApiKeyId { get; init; }

    /// <summary>The staff account that acted on the customer's behalf.</summary>
    public string? ImpersonatorId { get; init; }

    /// <summary>Its name.</summary>
    public string? ImpersonatorName { get; init; }

    /// <summary>What changed.</summary>
    public IReadOnlyList<AuditChange> Changes { get; init; } = [];

    /// <summary>Its place in the chain; null for the moment until it is sealed.</summary>
    public AuditSealView? Seal { get; init; }
}

/// <summary>A record's place in its organization's chain.</summary>
/// <param name="Chain">The organization's id, or <c>platform</c>.</param>
/// <param name="Sequence">1 for the first; no number is left out.</param>
/// <param name="RecordHash">SHA-256 of the record in its canonical form, in hex.</param>
/// <param name="PreviousHash">The hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 of chain, sequence, previous hash and record hash.</param>
/// <param name="SealedAt">When.</param>
public sealed record AuditSealView(string Chain, long Sequence, string RecordHash, string PreviousHash, string Hash, DateTimeOffset SealedAt);
