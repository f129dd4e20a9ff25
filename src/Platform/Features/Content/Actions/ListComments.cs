using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Lists what was said of a post, oldest first.</summary>
public sealed class ListComments(CommentAccess access, PostCommentStore store)
{
    /// <summary>Does it.</summary>
    public async Task<Result<IReadOnlyList<CommentView>>> RunAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        var post = await access.PostAsync(caller, postId, cancellationToken);
        if (!post.Ok) { return post.Problem; }
        return (await store.ListAsync(caller, postId, cancellationToken)).Where(c => CommentAccess.Sees(caller, c)).Select(c => CommentView.From(c, caller)).ToArray();
    }
}
