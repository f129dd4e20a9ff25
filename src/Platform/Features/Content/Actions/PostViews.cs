using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Content.Actions;

/// <summary>How a post is shown to others.</summary>
internal static class PostViews
{
    public static PostView ToView(this Post post, IReadOnlyList<PublicationView> publications) => new()
    {
        Id = post.Id,
        Version = post.Edition,
        State = PostStates.Over(publications.Select(p => p.State)),
        Text = post.Text,
        ChannelIds = post.ChannelIds,
        Variants = post.Variants,
        Parts = post.Parts,
        MediaIds = post.MediaIds,
        CampaignId = post.CampaignId,
        Labels = post.Labels,
        Utm = post.Utm,
        CreatedBy = post.CreatedBy,
        CreatedAt = post.CreatedAt,
        UpdatedAt = post.UpdatedAt,
        Publications = publications,
    };

    /// <summary>When a post goes or went out first; when it was made, where it has no time.</summary>
    public static DateTimeOffset MomentOf(Post post, IReadOnlyList<PublicationView> publications) =>
        publications.Select(p => p.PublishedAt ?? p.Due?.At).Where(at => at is not null).Min() ?? post.CreatedAt;
}
