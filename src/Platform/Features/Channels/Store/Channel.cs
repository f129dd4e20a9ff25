using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Store;

/// <summary>A connected account. Its tokens are in <see cref="Sealed"/> and nowhere else.</summary>
public sealed record Channel : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>The account's id on the network.</summary>
    public required string RemoteAccountId { get; init; }

    /// <summary>The account's handle.</summary>
    public required string Handle { get; init; }

    /// <summary>The account's name on the network.</summary>
    public required string DisplayName { get; init; }

    /// <summary>A name of the organization's own for it.</summary>
    public string? OwnName { get; init; }

    /// <summary>The account's page.</summary>
    public string? ProfileUrl { get; init; }

    /// <summary>The account's picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The server, where the network has several.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The limits that the server stated; null: the network's own.</summary>
    public NetworkLimits? Limits { get; init; }

    /// <summary>What posts get here unless they say otherwise.</summary>
    public PostingDefaults Defaults { get; init; } = new();

    /// <summary>Whether a person paused it.</summary>
    public bool Paused { get; init; }

    /// <summary>When the network said that the grant is gone; null while it is good.</summary>
    public DateTimeOffset? GrantLostAt { get; init; }

    /// <summary>What the network said then.</summary>
    public string? GrantLostReason { get; init; }

    /// <summary>The tokens, encrypted and bound to this organization and channel.</summary>
    public required string Sealed { get; init; }

    /// <summary>When the access token ends, as the network said.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary>Until when a refresh in some copy of the app has the right to change the tokens.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Which refresh has it.</summary>
    public string? LeaseBy { get; init; }

    /// <summary>When it last proved to work.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>When it was last checked, whatever that came to.</summary>
    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Who connected it.</summary>
    public required string ConnectedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>Whether it can be sent to. A lost grant outweighs a pause: it needs a person.</summary>
    public ChannelStatus StatusNow() => GrantLostAt is not null ? ChannelStatus.NeedsReconnect : Paused ? ChannelStatus.Paused : ChannelStatus.Active;
}
