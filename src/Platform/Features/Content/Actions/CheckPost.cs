using System.Globalization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Finds all that stands against sending a post, by channel, with each channel's own limits, before its time comes.</summary>
public sealed class CheckPost(PostStore store, ReadPosts read, IChannels channels, INetworks networks, IDraftRules rules, TimeProvider clock)
{
    private static readonly TimeSpan Nearby = TimeSpan.FromHours(24);

    /// <summary>Does it; channels with nothing against them are left out.</summary>
    public async Task<Result<IReadOnlyDictionary<string, IReadOnlyList<DraftProblem>>>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (!Ids.IsValid(id) || await store.GetAsync(caller, id, cancellationToken) is not { DeletedAt: null } post) { return Problem.NotFound("post"); }
        var views = (await channels.FindAsync(caller, post.ChannelIds, cancellationToken)).ToDictionary(channel => channel.Id);
        var found = new Dictionary<string, IReadOnlyList<DraftProblem>>();
        foreach (var publication in await read.PublicationsAsync(caller, id, cancellationToken))
        {
            if (publication.State is PublicationState.Published or PublicationState.Cancelled) { continue; }
            var problems = await ProblemsAsync(caller, publication, views.GetValueOrDefault(publication.ChannelId), cancellationToken);
            if (problems.Count > 0) { found[publication.ChannelId] = problems; }
        }
        return found;
    }

    private async Task<List<DraftProblem>> ProblemsAsync(Caller caller, PublicationView publication, ChannelView? channel, CancellationToken cancellationToken)
    {
        if (channel is null || networks.Find(channel.Network) is not { } network) { return [new("channel_removed", "This channel was removed. Take it out of the post or choose another.")]; }
        var parts = publication.Content.Parts.Select(part => new DraftPart(part.Text, [.. part.Media.Select(m => new DraftMedia(m.ContentType, m.Size, m.AltText))]));
        var problems = rules.Check(network.Descriptor, channel.Limits, [.. parts]).ToList();
        if (channel.Status == ChannelStatus.NeedsReconnect) { problems.Add(new("channel_needs_reconnect", "This channel must be reconnected; until then its posts wait.", Blocking: false)); }
        if (channel.Status == ChannelStatus.Paused) { problems.Add(new("channel_paused", "This channel is paused; its posts wait until it is resumed.", Blocking: false)); }
        if (await DuplicateAsync(caller, publication, cancellationToken) is { } duplicate) { problems.Add(duplicate); }
        return problems;
    }

    private async Task<DraftProblem?> DuplicateAsync(Caller caller, PublicationView publication, CancellationToken cancellationToken)
    {
        var at = publication.Due?.At ?? clock.GetUtcNow();
        var key = PostText.Key(publication.ChannelId, publication.Content.Parts[0].Text);
        var same = await store.WithTextAsync(caller, key, publication.PostId, at - Nearby, at + Nearby, cancellationToken);
        return same.Count == 0 ? null : new(
            "duplicate_text",
            $"The same text goes or went out here at {same[0].Moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. Networks may refuse it, and readers see it twice.",
            Blocking: false);
    }
}
