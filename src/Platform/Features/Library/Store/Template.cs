using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Library.Store;

/// <summary>A stored template.</summary>
public sealed record Template : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The name in one case, for the unique index and search.</summary>
    public required string NameKey { get; init; }

    /// <summary>The text with its places.</summary>
    public required string Text { get; init; }

    /// <summary>Name and text in one case, for search.</summary>
    public required string SearchText { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A stored hashtag set.</summary>
public sealed record HashtagSet : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The name in one case, for the unique index and search.</summary>
    public required string NameKey { get; init; }

    /// <summary>The tags, each with its #.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Name and tags in one case, for search.</summary>
    public required string SearchText { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
