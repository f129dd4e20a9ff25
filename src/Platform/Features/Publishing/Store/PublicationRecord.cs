using Platform.Features.Publishing.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>A publication as it is stored.</summary>
public sealed record PublicationRecord : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The publication.</summary>
    public required Publication Publication { get; init; }
}
