using Platform.Features.Content.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>What a person wrote. What of it goes out on a channel is copied into that channel's publication.</summary>
public sealed record Post : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>
    /// Grows by one with every edit by a person or an agent: what the outside calls the version. <see cref="Document.Version"/> also grows
    /// when the state is noted, which must not make an author's edit fail.
    /// </summary>
    public required long Edition { get; init; }

    /// <summary>The first part's text.</summary>
    public required string Text { get; init; }

    /// <summary>The first part's media.</summary>
    public required IReadOnlyList<string> MediaIds { get; init; }

    /// <summary>Further parts.</summary>
    public required IReadOnlyList<PostPart> Parts { get; init; }

    /// <summary>The channels.</summary>
    public required IReadOnlyList<string> ChannelIds { get; init; }

    /// <summary>The channels' networks, for lists.</summary>
    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>First-part texts that differ on a channel.</summary>
    public required IReadOnlyDictionary<string, PostVariant> Variants { get; init; }

    /// <summary>Its campaign.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What its links are tagged with when it goes out, as the organization had it when that was switched on, so that what is approved stays what goes out; null: with nothing.</summary>
    public UtmDefaults? Utm { get; init; }

    /// <summary>The state over all publications, as last noted.</summary>
    public PublicationState State { get; init; }

    /// <summary>When it goes or went out first, or when it was made, where it has no time: lists and date ranges go by this.</summary>
    public required DateTimeOffset Moment { get; init; }

    /// <summary>All its media, for the question whether one is in use.</summary>
    public required IReadOnlyList<string> AllMediaIds { get; init; }

    /// <summary>Its texts without case, for search.</summary>
    public required string SearchText { get; init; }

    /// <summary>What finds the same text on the same channel.</summary>
    public IReadOnlyList<string> TextKeys { get; init; } = [];

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who edited it last.</summary>
    public required string UpdatedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was deleted; it can be brought back for thirty days.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
