using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A draft that may be stored, with what it means on each channel.</summary>
/// <param name="Draft">The draft in its one form.</param>
/// <param name="Publications">What goes out where.</param>
/// <param name="Networks">The networks, without repeats.</param>
/// <param name="Existing">The publications there were.</param>
public sealed record PreparedPost(NewPost Draft, IReadOnlyList<PlannedPublication> Publications, IReadOnlyList<string> Networks, IReadOnlyList<PublicationView> Existing)
{
    /// <summary>What its links are tagged with; null: with nothing.</summary>
    public UtmDefaults? Utm { get; init; }
}

/// <summary>Checks a draft's shape and everything that it refers to, and works out what each channel gets.</summary>
public sealed class PreparePost(IChannels channels, IMedia media, IOrganizations organizations, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="post">The draft.</param>
    /// <param name="existing">The post's publications so far; empty for a new post.</param>
    /// <param name="stored">The post so far; null for a new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<PreparedPost>> RunAsync(Caller caller, NewPost post, IReadOnlyList<PublicationView> existing, Post? stored, CancellationToken cancellationToken)
    {
        var normal = PostRules.Normalise(post);
        if (!normal.Ok) { return normal.Problem; }
        var draft = normal.Value;
        // Also those that are taken away: what the others on them see changes.
        if (ChannelAccess.Refuse(caller, draft.ChannelIds.Concat(existing.Select(publication => publication.ChannelId))) is { } refused) { return refused; }
        var mediaIds = draft.Parts!.SelectMany(part => part.MediaIds).Concat(draft.MediaIds!).Distinct().ToList();
        var assets = (await media.FindAsync(caller, mediaIds, cancellationToken)).ToDictionary(asset => asset.Id);
        if (mediaIds.Any(id => !assets.ContainsKey(id))) { return Problem.NotFound("media"); }
        var open = (await channels.FindAsync(caller, draft.ChannelIds, cancellationToken)).ToDictionary(channel => channel.Id);
        var tags = new LinkTags(await TagsAsync(caller, draft, stored, cancellationToken), stored?.CreatedAt ?? clock.GetUtcNow());
        var planned = new List<PlannedPublication>();
        foreach (var id in draft.ChannelIds)
        {
            var before = existing.FirstOrDefault(publication => publication.ChannelId == id);
            if (Plan(draft, open.GetValueOrDefault(id), before, existing, assets, tags) is not { } plan) { return Problem.NotFound("channel"); }
            planned.Add(plan);
        }
        return new PreparedPost(draft, planned, [.. planned.Select(plan => plan.Network).Distinct()], existing) { Utm = tags.Utm };
    }

    private static PlannedPublication? Plan(NewPost draft, ChannelView? channel, PublicationView? before, IReadOnlyList<PublicationView> existing, Dictionary<string, MediaView> assets, LinkTags tags)
    {
        var wanted = channel is null ? null : new PlannedPublication(channel.Id, channel.Network, ContentFor(draft, channel, assets, tags));
        if (before is null) { return wanted; }
        // A channel that was removed keeps what it has. So does one where the post is out: while the rest of the post is still being put right, and
        // where only what does not go out (labels, a described picture) changed.
        var isOut = before.State == PublicationState.Published;
        var keep = wanted is null || (isOut && (existing.Any(p => p.State != PublicationState.Published) || SaysTheSame(before.Content, wanted.Content)));
        return keep ? new PlannedPublication(before.ChannelId, before.Network, before.Content) : wanted;
    }

    private static bool SaysTheSame(PublicationContent left, PublicationContent right) =>
        left.Parts.Count == right.Parts.Count && left.Parts.Zip(right.Parts).All(pair =>
            pair.First.Text == pair.Second.Text && pair.First.Media.Select(m => m.MediaId).SequenceEqual(pair.Second.Media.Select(m => m.MediaId)));

    private static PublicationContent ContentFor(NewPost draft, ChannelView channel, Dictionary<string, MediaView> assets, LinkTags tags)
    {
        var first = draft.Variants!.TryGetValue(channel.Id, out var variant) ? variant.Text : draft.Text;
        var parts = draft.Parts!.Prepend(new PostPart(first, draft.MediaIds!));
        return new PublicationContent
        {
            Parts = [.. parts.Select(part => new PublicationPart(tags.Apply(part.Text, channel.Network, channel.Handle), [.. part.MediaIds.Select(id => Medium(assets[id]))]))],
            Visibility = channel.Defaults.Visibility,
        };
    }

    // Kept from when it was switched on: a post that is scheduled, or being approved, does not change because the organization's defaults did.
    private async Task<UtmDefaults?> TagsAsync(Caller caller, NewPost draft, Post? stored, CancellationToken cancellationToken)
    {
        if (!(draft.TagLinks ?? stored is null || stored.Utm is not null)) { return null; }
        if (stored?.Utm is { } kept) { return kept; }
        return (await organizations.GetAsync(caller.OrganizationId, cancellationToken))?.Utm is { IsEmpty: false } now ? now : null;
    }

    private static PublicationMedia Medium(MediaView asset) => new(asset.Id, asset.ContentType, asset.Size, asset.AltText);
}
