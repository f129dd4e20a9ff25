using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>A mailed way to one post for one person, without a password: bound to the version it was mailed for. Only the token's hash is kept.</summary>
public sealed record ReviewLink : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required string Hash { get; init; }

    /// <summary>For whom.</summary>
    public required string UserId { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The version of the post.</summary>
    public required long PostVersion { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Where mailed ways are kept.</summary>
public sealed class ReviewLinkStore(IDocumentStore store)
{
    /// <summary>The collection; a day after its end a link is forgotten.</summary>
    public static readonly Collection<ReviewLink> Collection = new Collection<ReviewLink>("review_links")
        .Unique("hash", Sort<ReviewLink>.By(l => l.Hash), acrossOrganizations: true)
        .Expire("over", l => l.ExpiresAt, TimeSpan.FromDays(1));

    /// <summary>By the token's hash: the holder is not known before.</summary>
    public Task<ReviewLink?> FindAsync(string hash, CancellationToken cancellationToken) => store.ForPlatform<ReviewLink>(Caller.Platform).FirstAsync(l => l.Hash == hash, null, cancellationToken);
}
