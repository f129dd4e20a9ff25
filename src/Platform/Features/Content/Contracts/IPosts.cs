using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Contracts;

/// <summary>A post as others see it.</summary>
public sealed record PostView
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Grows with every change; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The state over all publications: the one that most needs a person.</summary>
    public required PublicationState State { get; init; }

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The channels.</summary>
    public required IReadOnlyList<string> ChannelIds { get; init; }

    /// <summary>Texts that differ on a channel, by channel id.</summary>
    public IReadOnlyDictionary<string, PostVariant> Variants { get; init; } = new Dictionary<string, PostVariant>();

    /// <summary>Further parts of a thread, after the first (which is <see cref="Text"/> and <see cref="MediaIds"/>).</summary>
    public IReadOnlyList<PostPart> Parts { get; init; } = [];

    /// <summary>Media of the first part, in order.</summary>
    public IReadOnlyList<string> MediaIds { get; init; } = [];

    /// <summary>Its campaign.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What its links are tagged with when it goes out; null: with nothing.</summary>
    public UtmDefaults? Utm { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its publications.</summary>
    public IReadOnlyList<PublicationView> Publications { get; init; } = [];
}

/// <summary>A text of its own on one channel.</summary>
public sealed record PostVariant(string Text);

/// <summary>A further part of a thread.</summary>
public sealed record PostPart(string Text, IReadOnlyList<string> MediaIds);

/// <summary>The door to posts.</summary>
public interface IPosts
{
    /// <summary>A post with its publications.</summary>
    Task<Result<PostView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken);

    /// <summary>Texts of posts by id, for lists that show publications (calendar, staff). At most 200.</summary>
    Task<IReadOnlyDictionary<string, string>> TextsAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Makes a draft (agents, imports); the same action as the page's and the API's.</summary>
    Task<Result<PostView>> CreateAsync(Caller caller, NewPost post, CancellationToken cancellationToken);

    /// <summary>
    /// Rewrites an unsent post; the same action as the page's and the API's. Conflict <c>version_mismatch</c> where the stored version is not
    /// <paramref name="expectedVersion"/> (the message says who changed it and when), <c>already_sending</c> where a publication is on its way.
    /// </summary>
    Task<Result<PostView>> UpdateAsync(Caller caller, string id, NewPost post, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>
    /// All that stands against sending the post as it is stored, by channel id, with each channel's own limits; channels with nothing against them are left out.
    /// The same text on the same channel within 24 hours is a warning.
    /// </summary>
    Task<Result<IReadOnlyDictionary<string, IReadOnlyList<Networks.DraftProblem>>>> CheckAsync(Caller caller, string id, CancellationToken cancellationToken);
}

/// <summary>What a new post is made of.</summary>
public sealed record NewPost
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>The channels.</summary>
    public IReadOnlyList<string> ChannelIds { get; init; } = [];

    /// <summary>Texts that differ on a channel.</summary>
    public IReadOnlyDictionary<string, PostVariant>? Variants { get; init; }

    /// <summary>Further parts of a thread, or all parts where the text is left empty.</summary>
    public IReadOnlyList<PostPart>? Parts { get; init; }

    /// <summary>Media of the first part.</summary>
    public IReadOnlyList<string>? MediaIds { get; init; }

    /// <summary>Its campaign.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether its links get the organization's UTM tags when it goes out; null: a new post yes, another as it was.</summary>
    public bool? TagLinks { get; init; }
}
