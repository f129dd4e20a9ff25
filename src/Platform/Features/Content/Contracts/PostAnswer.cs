using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Content.Contracts;

/// <summary>A post on the wire. Others rely on this shape.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">The state over all publications: the one that most needs a person.</param>
/// <param name="Version">Grows with every edit; the ETag.</param>
/// <param name="Text">The first part's text.</param>
/// <param name="ChannelIds">The channels.</param>
/// <param name="Variants">First-part texts that differ, by channel id.</param>
/// <param name="Parts">Further parts.</param>
/// <param name="MediaIds">The first part's media.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="TagLinks">Whether its links get UTM tags when it goes out.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="UpdatedAt">When it was last edited.</param>
/// <param name="ScheduledAt">When it is first due, of what still waits.</param>
/// <param name="Publications">Its publications, one a channel.</param>
public sealed record PostAnswer(
    string Id,
    PublicationState State,
    long Version,
    string Text,
    IReadOnlyList<string> ChannelIds,
    IReadOnlyDictionary<string, PostVariant> Variants,
    IReadOnlyList<PostPart> Parts,
    IReadOnlyList<string> MediaIds,
    string? CampaignId,
    IReadOnlyList<string> Labels,
    bool TagLinks,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ScheduledAt,
    IReadOnlyList<PublicationAnswer> Publications)
{
    /// <summary>From a view.</summary>
    public static PostAnswer From(PostView view) => new(
        view.Id, view.State, view.Version, view.Text, view.ChannelIds, view.Variants, view.Parts, view.MediaIds, view.CampaignId, view.Labels,
        view.Utm is not null, view.CreatedBy, view.CreatedAt, view.UpdatedAt,
        view.Publications.Where(p => p.State is PublicationState.Scheduled or PublicationState.AwaitingApproval or PublicationState.Held).Select(p => p.Due?.At).Min(),
        [.. view.Publications.Select(PublicationAnswer.From)]);
}
