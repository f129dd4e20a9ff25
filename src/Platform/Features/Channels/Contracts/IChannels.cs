using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Contracts;

/// <summary>Whether a channel can be sent to. Wire names are camelCase.</summary>
public enum ChannelStatus
{
    /// <summary>It works.</summary>
    Active,

    /// <summary>A person paused it.</summary>
    Paused,

    /// <summary>The grant is gone: a person must reconnect it.</summary>
    NeedsReconnect,
}

/// <summary>A channel as others see it.</summary>
public sealed record ChannelView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>The account's handle.</summary>
    public required string Handle { get; init; }

    /// <summary>The account's display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The account's page.</summary>
    public string? ProfileUrl { get; init; }

    /// <summary>The account's picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>Whether it can be sent to.</summary>
    public required ChannelStatus Status { get; init; }

    /// <summary>Why not, in words.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The limits in force.</summary>
    public required NetworkLimits Limits { get; init; }

    /// <summary>When it last proved to work.</summary>
    public DateTimeOffset? LastCheckedAt { get; init; }

    /// <summary>When it was connected.</summary>
    public DateTimeOffset ConnectedAt { get; init; }

    /// <summary>The server, where the network has several.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>What posts get on this channel unless they say otherwise.</summary>
    public PostingDefaults Defaults { get; init; } = new();
}

/// <summary>What posts get on a channel unless they say otherwise.</summary>
/// <param name="Visibility">Who sees them, where the network has a choice: public, unlisted, private, direct; null: the network's own way.</param>
public sealed record PostingDefaults(string? Visibility = null);

/// <summary>The door to channels.</summary>
public interface IChannels
{
    /// <summary>All channels of the caller's organization (at most 150 by plan).</summary>
    Task<IReadOnlyList<ChannelView>> ListAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>The channels with these ids; those of others or gone are left out.</summary>
    Task<IReadOnlyList<ChannelView>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// The channel opened for sending, its tokens decrypted; null where it is gone. Cached for seconds in this copy: a burst of 200 posts
    /// opens it once. <see cref="OpenChannel.Status"/> says whether it may be used.
    /// </summary>
    Task<OpenChannel?> OpenAsync(string organizationId, string channelId, CancellationToken cancellationToken);

    /// <summary>
    /// Gets new tokens, once however many ask at the same moment (over all copies, by a lease on the channel's record), and stores them. Callers that
    /// come while it runs, or hold an older <paramref name="seen"/> than is stored, get the stored result. On <see cref="RefreshOutcome.NeedsReconnect"/>
    /// the channel is flagged, its publications are held, and one notice goes out.
    /// </summary>
    /// <param name="organizationId">The organization.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="seen">The access token that the network refused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<RefreshOutcome> RefreshAsync(string organizationId, string channelId, string seen, CancellationToken cancellationToken);

    /// <summary>Flags a channel whose grant is gone; its publications are held, one notice goes out.</summary>
    Task FlagAsync(string organizationId, string channelId, string reason, CancellationToken cancellationToken);

    /// <summary>The channel's public Sandbox page and the like need a look-up without a caller: by id, for what is public anyway. Null where it is not.</summary>
    Task<Result<ChannelView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken);
}

/// <summary>A channel ready to be used.</summary>
public sealed record OpenChannel(ChannelStatus Status, ISocialNetwork Network, ChannelConnection Connection);
