namespace Platform.Features.Audit.Domain;

/// <summary>Which records; everything that is given must hold.</summary>
public sealed record AuditFilter
{
    /// <summary>Of this organization.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Done by this person or staff account, also on another's behalf.</summary>
    public string? ActorId { get; init; }

    /// <summary>This verb; with <c>.*</c> at the end, all verbs of the area: <c>post.*</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Done to this kind of thing.</summary>
    public string? TargetKind { get; init; }

    /// <summary>Done to this thing.</summary>
    public string? TargetId { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>An id, an address or a correlation id, as it is: found in any of the places where it may stand.</summary>
    public string? Search { get; init; }

    /// <summary>Whether it lets everything through but for the organization.</summary>
    public bool IsOpen => ActorId is null && Action is null && TargetKind is null && TargetId is null && From is null && To is null && Search is null;
}
