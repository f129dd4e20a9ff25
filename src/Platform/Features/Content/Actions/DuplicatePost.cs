using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Features.Media.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Makes a draft of the same content, on the channels that still exist and may be used, with the media that still exist.</summary>
public sealed class DuplicatePost(PostStore store, CreatePost create, IChannels channels, IMedia media)
{
    /// <summary>Does it.</summary>
    public async Task<Result<PostView>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
        var alive = (await channels.FindAsync(caller, post.ChannelIds, cancellationToken)).Select(channel => channel.Id).ToHashSet();
        var assets = (await media.FindAsync(caller, post.AllMediaIds, cancellationToken)).Select(asset => asset.Id).ToHashSet();
        var copy = new NewPost
        {
            Text = post.Text,
            ChannelIds = [.. post.ChannelIds.Where(id => alive.Contains(id) && caller.MayUse(id))],
            Variants = post.Variants,
            Parts = [.. post.Parts.Select(part => part with { MediaIds = [.. part.MediaIds.Where(assets.Contains)] })],
            MediaIds = [.. post.MediaIds.Where(assets.Contains)],
            CampaignId = post.CampaignId,
            Labels = post.Labels,
        };
        return await create.RunAsync(caller, copy, cancellationToken);
    }
}
