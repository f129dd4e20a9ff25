using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>What somebody said of a post.</summary>
public sealed record PostComment : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>Who.</summary>
    public required string AuthorId { get; init; }

    /// <summary>Their name then.</summary>
    public required string AuthorName { get; init; }

    /// <summary>What; empty once deleted.</summary>
    public required string Text { get; init; }

    /// <summary>The members named in it.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Whether clients do not see it.</summary>
    public bool Internal { get; init; }

    /// <summary>Whether it asks for a change, which must be resolved before the post is submitted again.</summary>
    public bool ChangeRequest { get; init; }

    /// <summary>The version of the post that it is about.</summary>
    public long PostVersion { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When the change was made.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Who said that it was made.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>When it was deleted; its place stays, so that answers to it make sense.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>Where comments are kept.</summary>
public sealed class PostCommentStore(IDocumentStore store)
{
    /// <summary>How many a post has at most.</summary>
    public const int Most = 500;

    /// <summary>The collection.</summary>
    public static readonly Collection<PostComment> Collection = new Collection<PostComment>("post_comments")
        .Index("by_post", Sort<PostComment>.By(c => c.PostId).ThenBy(c => c.At));

    /// <summary>All of a post, oldest first.</summary>
    public async Task<IReadOnlyList<PostComment>> ListAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        (await store.For<PostComment>(caller).FindAsync(new() { Filter = c => c.PostId == postId, Sort = Sort<PostComment>.By(c => c.PostId).ThenBy(c => c.At), Limit = Most }, cancellationToken)).Items;

    /// <summary>How many asked-for changes of a post are not made.</summary>
    public Task<long> CountOpenAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        store.For<PostComment>(caller).CountAsync(c => c.PostId == postId && c.ChangeRequest && c.ResolvedAt == null && c.DeletedAt == null, cancellationToken);

    /// <summary>One by id.</summary>
    public Task<PostComment?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<PostComment>(caller).GetAsync(id, cancellationToken);

    /// <summary>Commits a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);
}
