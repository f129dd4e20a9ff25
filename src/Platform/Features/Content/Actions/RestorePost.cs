using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Brings a deleted post back. What had not been sent is a draft again, without a time, on the channels that still exist.</summary>
public sealed class RestorePost(PostStore store, PreparePost prepare, WritePost write, ReadPosts read, Channels.Contracts.IChannels channels, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task<Result<PostView>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        for (var tries = 0; tries < 10; tries++)
        {
            if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { } post) { return Problem.NotFound("post"); }
            if (post.DeletedAt is null) { return await read.ViewAsync(caller, post, cancellationToken); }
            var publications = await read.PublicationsAsync(caller, id, cancellationToken);
            var alive = (await channels.FindAsync(caller, post.ChannelIds, cancellationToken)).Select(channel => channel.Id).Concat(publications.Select(p => p.ChannelId)).ToHashSet();
            var draft = new NewPost
            {
                Text = post.Text, ChannelIds = [.. post.ChannelIds.Where(alive.Contains)], Variants = post.Variants, Parts = post.Parts,
                MediaIds = post.MediaIds, CampaignId = post.CampaignId, Labels = post.Labels,
            };
            var prepared = await prepare.RunAsync(caller, draft, publications, post, cancellationToken);
            if (!prepared.Ok) { return prepared.Problem; }
            var now = clock.GetUtcNow();
            var next = WritePost.Indexed(
                post with { DeletedAt = null, ChannelIds = prepared.Value.Draft.ChannelIds, UpdatedAt = now, UpdatedBy = caller.UserId ?? caller.Name, Edition = post.Edition + 1 }, prepared.Value);
            var written = await write.TryAsync(caller, next, prepared.Value, "post.restored", cancellationToken);
            if (written is { Ok: false, Problem: var problem }) { return problem; }
            if (written is not null) { return await read.ViewAsync(caller, next, cancellationToken); }
        }
        return Problem.Conflict("post_busy", "The post is being changed from several sides. Try again.");
    }
}
