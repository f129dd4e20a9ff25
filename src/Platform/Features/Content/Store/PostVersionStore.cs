using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>Where versions of posts are kept.</summary>
public sealed class PostVersionStore(IDocumentStore store)
{
    /// <summary>How many of a post are kept; the oldest go first.</summary>
    public const int Most = 100;

    /// <summary>The collection.</summary>
    public static readonly Collection<PostVersion> Collection = new Collection<PostVersion>("post_versions")
        .Unique("by_post", Sort<PostVersion>.By(v => v.PostId).ThenByDescending(v => v.Number));

    /// <summary>All kept ones of a post, newest first.</summary>
    public async Task<IReadOnlyList<PostVersion>> ListAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        (await store.For<PostVersion>(caller).FindAsync(new() { Filter = v => v.PostId == postId, Sort = Sort<PostVersion>.By(v => v.PostId).ThenByDescending(v => v.Number), Limit = Most + 20 }, cancellationToken)).Items;

    /// <summary>One of a post.</summary>
    public Task<PostVersion?> FindAsync(Caller caller, string postId, long number, CancellationToken cancellationToken) =>
        store.For<PostVersion>(caller).FirstAsync(v => v.PostId == postId && v.Number == number, null, cancellationToken);
}
