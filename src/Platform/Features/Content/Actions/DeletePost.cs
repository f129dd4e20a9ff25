using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Deletes a post: what was not sent never is. It can be brought back, as a draft, for thirty days; what is out stays out.</summary>
public sealed class DeletePost(PostStore store, WritePost write, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        for (var tries = 0; tries < 10; tries++)
        {
            if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
            if (ChannelAccess.Refuse(caller, post.ChannelIds) is { } refused) { return refused; }
            var now = clock.GetUtcNow();
            var deleted = post with { DeletedAt = now, UpdatedAt = now, UpdatedBy = caller.UserId ?? caller.Name, Edition = post.Edition + 1 };
            if (await write.TryDeleteAsync(caller, deleted, cancellationToken) is { } written) { return written; }
        }
        return Problem.Conflict("post_busy", "The post is being changed from several sides. Try again.");
    }
}
