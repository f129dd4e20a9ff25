using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Store;

/// <summary>A connect that waits for its person to come back from the network. Used once, gone after ten minutes.</summary>
public sealed record PendingConnect : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>Who began it; nobody else can end it.</summary>
    public required string UserId { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>The id that the channel will have, or has.</summary>
    public required string ChannelId { get; init; }

    /// <summary>SHA-256 of the state: what the store holds does not complete a connect.</summary>
    public required string StateHash { get; init; }

    /// <summary>The flow, encrypted.</summary>
    public required string Sealed { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
