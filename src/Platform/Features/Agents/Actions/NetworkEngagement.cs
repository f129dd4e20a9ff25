using Platform.Features.Agents.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>Asks the networks themselves how the posts of this app did.</summary>
public sealed class NetworkEngagement(IPublishing publishing, IChannels channels, TimeProvider time) : IEngagement
{
    private const int PerCall = 25, PerChannel = 100;

    /// <inheritdoc />
    public async Task<IReadOnlyList<PostEngagement>> SinceAsync(Caller caller, IReadOnlyCollection<string> channelIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var published = await publishing.DueBetweenAsync(caller, new(since, time.GetUtcNow(), [PublicationState.Published], [.. channelIds]), cancellationToken);
        var all = new List<PostEngagement>();
        foreach (var channel in published.Where(p => p.Remote.Count > 0 && p.PublishedAt is not null).GroupBy(p => p.ChannelId))
        {
            all.AddRange(await OfChannelAsync(caller, channel.Key, [.. channel.OrderByDescending(p => p.PublishedAt).Take(PerChannel)], cancellationToken));
        }
        return all;
    }

    private async Task<IReadOnlyList<PostEngagement>> OfChannelAsync(Caller caller, string channelId, IReadOnlyList<PublicationView> posts, CancellationToken cancellationToken)
    {
        if (await channels.OpenAsync(caller.OrganizationId, channelId, cancellationToken) is not { Status: ChannelStatus.Active } open) { return []; }
        if (!open.Network.Descriptor.Capabilities.HasFlag(NetworkCapabilities.Metrics)) { return []; }
        var numbers = new Dictionary<string, long>();
        foreach (var some in posts.Chunk(PerCall))
        {
            var metrics = await open.Network.GetMetricsAsync(open.Connection, [.. some.Select(p => p.Remote[0])], cancellationToken);
            // A network that does not answer now leaves its posts out; the reason given with a time says how many there were.
            if (!metrics.Ok) { break; }
            foreach (var post in metrics.Value.Where(m => m.Likes is not null || m.Comments is not null || m.Shares is not null))
            {
                numbers[post.RemoteId] = (post.Likes ?? 0) + (post.Comments ?? 0) + (post.Shares ?? 0);
            }
        }
        return [.. posts.Where(p => numbers.ContainsKey(p.Remote[0].Id)).Select(p => new PostEngagement(channelId, p.PublishedAt!.Value, numbers[p.Remote[0].Id]))];
    }
}
