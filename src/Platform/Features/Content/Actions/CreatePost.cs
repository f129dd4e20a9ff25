using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Makes a draft.</summary>
public sealed class CreatePost(PreparePost prepare, WritePost write, ReadPosts read, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    public async Task<Result<PostView>> RunAsync(Caller caller, NewPost post, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (CampaignName.Check(post.CampaignId) is { } none) { return none; }
        var prepared = await prepare.RunAsync(caller, post, [], null, cancellationToken);
        if (!prepared.Ok) { return prepared.Problem; }
        var record = WritePost.Indexed(Make(caller, prepared.Value.Draft), prepared.Value);
        var written = await write.TryAsync(caller, record, prepared.Value, "post.created", cancellationToken)
            ?? Problem.Conflict("post_busy", "The post could not be stored because something it needs is being changed. Try again.");
        return written.Ok ? await read.ViewAsync(caller, record, cancellationToken) : written.Problem;
    }

    private Post Make(Caller caller, NewPost draft)
    {
        var (now, author) = (clock.GetUtcNow(), caller.UserId ?? caller.Name);
        return new Post
        {
            Id = Ids.New(now),
            OrganizationId = caller.OrganizationId,
            Edition = 1,
            Text = draft.Text,
            MediaIds = draft.MediaIds!,
            Parts = draft.Parts!,
            ChannelIds = draft.ChannelIds,
            Variants = draft.Variants!,
            CampaignId = draft.CampaignId,
            Labels = draft.Labels!,
            Moment = now,
            AllMediaIds = [],
            SearchText = "",
            CreatedBy = author,
            CreatedAt = now,
            UpdatedBy = author,
            UpdatedAt = now,
        };
    }
}
