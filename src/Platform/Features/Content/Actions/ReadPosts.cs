using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Joins posts with their publications.</summary>
public sealed class ReadPosts(IPublishing publishing)
{
    /// <summary>The views, in the order given.</summary>
    public async Task<IReadOnlyList<PostView>> ViewsAsync(Caller caller, IReadOnlyList<Post> posts, CancellationToken cancellationToken)
    {
        if (posts.Count == 0) { return []; }
        var publications = await publishing.OfPostsAsync(caller, [.. posts.Select(post => post.Id)], cancellationToken);
        return [.. posts.Select(post => post.ToView(publications.GetValueOrDefault(post.Id, [])))];
    }

    /// <summary>The view of one.</summary>
    public async Task<PostView> ViewAsync(Caller caller, Post post, CancellationToken cancellationToken) => post.ToView(await PublicationsAsync(caller, post.Id, cancellationToken));

    /// <summary>The publications of one.</summary>
    public async Task<IReadOnlyList<PublicationView>> PublicationsAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        (await publishing.OfPostsAsync(caller, [postId], cancellationToken)).GetValueOrDefault(postId, []);
}
