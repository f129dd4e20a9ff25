using Platform.Features.Agents.Contracts;
using Platform.Features.Analytics.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>The numbers that Analytics has collected for the posts that went out. Posts younger than half a day are left out: their numbers still grow.</summary>
public sealed class StoredEngagement(IPublishing publishing, IAnalytics analytics, TimeProvider time) : IEngagement
{
    private const int PerRead = 200;
    private static readonly TimeSpan Settled = TimeSpan.FromHours(12);

    /// <inheritdoc />
    public async Task<IReadOnlyList<PostEngagement>> SinceAsync(Caller caller, IReadOnlyCollection<string> channelIds, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var range = new DueRange(since, time.GetUtcNow() - Settled, [PublicationState.Published], [.. channelIds]);
        var published = (await publishing.DueBetweenAsync(caller, range, cancellationToken)).Where(p => p.PublishedAt is not null).ToDictionary(p => p.Id);
        var all = new List<PostEngagement>();
        foreach (var some in published.Keys.Chunk(PerRead))
        {
            var numbers = await analytics.LatestAsync(caller, some, cancellationToken);
            all.AddRange(numbers.Where(n => n.Numbers.Engagement is not null).Select(n => new PostEngagement(n.ChannelId, published[n.PublicationId].PublishedAt!.Value, n.Numbers.Engagement!.Value)));
        }
        return all;
    }
}
