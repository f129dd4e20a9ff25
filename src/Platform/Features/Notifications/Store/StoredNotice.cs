using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Store;

/// <summary>A notice of an organization, with who has read it and who has put it away.</summary>
public sealed record StoredNotice : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>Stable snake_case.</summary>
    public required string Kind { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    /// <summary>What happened and what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The page to open.</summary>
    public required string Url { get; init; }

    /// <summary>Once per key.</summary>
    public required string UniqueKey { get; init; }

    /// <summary>Only for this person; null: for all members.</summary>
    public string? UserId { get; init; }

    /// <summary>Who has read it.</summary>
    public IReadOnlyList<string> ReadBy { get; init; } = [];

    /// <summary>Who has put it away.</summary>
    public IReadOnlyList<string> HiddenBy { get; init; } = [];

    /// <summary>When it was raised.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
