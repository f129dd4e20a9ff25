using Platform.Features.Content.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>A post as it was saved.</summary>
public sealed record PostVersion : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The post's version; of saves taken together, the last one's.</summary>
    public required long Number { get; init; }

    /// <summary>Who saved it.</summary>
    public required string By { get; init; }

    /// <summary>When the first of the saves taken together was made.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether it was submitted or approved: such a one is never taken together with later saves.</summary>
    public bool Pinned { get; init; }

    /// <summary>What it said.</summary>
    public required NewPost Content { get; init; }
}
