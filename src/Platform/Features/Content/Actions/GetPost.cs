using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Shows a post with its publications.</summary>
public sealed class GetPost(PostStore store, ReadPosts read)
{
    /// <summary>Does it.</summary>
    public async Task<Result<PostView>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return Ids.IsValid(id) && await store.GetAsync(caller, id, cancellationToken) is { DeletedAt: null } post
            ? await read.ViewAsync(caller, post, cancellationToken)
            : Problem.NotFound("post");
    }
}
