using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <inheritdoc />
public sealed class PostHistory : IPostHistory
{
    /// <inheritdoc />
    public string Stage(WriteBatch batch, Caller caller, PastPost past)
    {
        var draft = PostRules.Normalise(past.Content).Unwrap();
        var post = new Post
        {
            Id = Ids.New(past.CreatedAt),
            OrganizationId = caller.OrganizationId,
            Edition = 1,
            Text = draft.Text,
            MediaIds = draft.MediaIds!,
            Parts = draft.Parts!,
            ChannelIds = draft.ChannelIds,
            Networks = past.Networks,
            Variants = draft.Variants!,
            CampaignId = draft.CampaignId,
            Labels = draft.Labels!,
            State = past.State,
            Moment = past.Moment,
            AllMediaIds = [.. draft.Parts!.SelectMany(part => part.MediaIds).Concat(draft.MediaIds!).Distinct()],
            SearchText = PostText.Searchable(draft.Parts!.Select(part => part.Text).Prepend(draft.Text)),
            TextKeys = [.. draft.ChannelIds.Select(id => PostText.Key(id, draft.Text))],
            CreatedBy = past.CreatedBy,
            CreatedAt = past.CreatedAt,
            UpdatedBy = past.CreatedBy,
            UpdatedAt = past.CreatedAt,
        };
        batch.Insert(caller, post);
        return post.Id;
    }
}
