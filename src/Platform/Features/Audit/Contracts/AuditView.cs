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
}
