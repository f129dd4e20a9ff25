using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A post in the list of approvals.</summary>
/// <param name="Review">Where it stands.</param>
/// <param name="Text">The first part's text.</param>
/// <param name="Channels">What goes out where.</param>
public sealed record ReviewItem(ReviewView Review, string Text, IReadOnlyList<ReviewChannel> Channels);

/// <summary>What goes out on one channel.</summary>
public sealed record ReviewChannel(string ChannelId, string Network, string DisplayName, string Handle, string? AvatarUrl, IReadOnlyList<ReviewPart> Parts);

/// <summary>One part.</summary>
public sealed record ReviewPart(string Text, IReadOnlyList<ReviewMedium> Media);

/// <summary>A medium. Its address can be opened by whoever holds it: approvers from outside have no other way to see it.</summary>
public sealed record ReviewMedium(string Id, string ContentType, string AltText, string Url);

/// <summary>
/// Shows what is to be approved. Members see all of it; a reviewer from outside gets here only through an approval that asks them (the callers hold that), so the
/// parts are read on the product's behalf.
/// </summary>
public sealed class ReviewItems(PostStore posts, IPublishing publishing, IChannels channels, IMedia media, ReviewPeople people)
{
    /// <summary>The items, in the order given; posts that are gone are left out.</summary>
    public async Task<IReadOnlyList<ReviewItem>> OfAsync(Caller caller, IReadOnlyList<ReviewRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0) { return []; }
        var system = Caller.System(caller.OrganizationId, "approval");
        var found = (await posts.FindAsync(system, [.. records.Select(r => r.Id)], cancellationToken)).ToDictionary(p => p.Id);
        var publications = await publishing.OfPostsAsync(system, [.. found.Keys], cancellationToken);
        var views = (await channels.ListAsync(system, cancellationToken)).ToDictionary(c => c.Id);
        var members = caller.May(Permission.ContentRead) ? await people.MembersAsync(caller.OrganizationId, cancellationToken) : [];
        var items = new List<ReviewItem>();
        foreach (var record in records.Where(r => found.ContainsKey(r.Id)))
        {
            var review = record.Review.ToView(record.Id, caller, [.. ReviewPeople.Asked(record.Review, members).Select(p => p.Person.Name)]);
            items.Add(new(review, found[record.Id].Text, await ChannelsAsync(publications.GetValueOrDefault(record.Id, []), views, caller.OrganizationId, cancellationToken)));
        }
        return items;
    }

    private async Task<IReadOnlyList<ReviewChannel>> ChannelsAsync(IReadOnlyList<PublicationView> publications, Dictionary<string, ChannelView> views, string organizationId, CancellationToken cancellationToken)
    {
        var shown = new List<ReviewChannel>();
        foreach (var publication in publications)
        {
            var parts = new List<ReviewPart>();
            foreach (var part in publication.Content.Parts) { parts.Add(new(part.Text, await MediaAsync(part, organizationId, cancellationToken))); }
            var view = views.GetValueOrDefault(publication.ChannelId);
            shown.Add(new(publication.ChannelId, publication.Network, view?.DisplayName ?? "Removed channel", view?.Handle ?? "", view?.AvatarUrl, parts));
        }
        return shown;
    }

    private async Task<IReadOnlyList<ReviewMedium>> MediaAsync(PublicationPart part, string organizationId, CancellationToken cancellationToken)
    {
        var shown = new List<ReviewMedium>();
        foreach (var medium in part.Media)
        {
            if (await media.OpenAsync(organizationId, medium.MediaId, medium.AltText, cancellationToken) is { PublicUrl: { } url } file) { shown.Add(new(medium.MediaId, file.ContentType, file.AltText, url)); }
        }
        return shown;
    }
}
