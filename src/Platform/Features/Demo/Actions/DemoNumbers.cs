using Platform.Features.Analytics.Contracts;
using Platform.Features.Demo.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Sandbox.Contracts;
using Platform.Networks;

namespace Platform.Features.Demo.Actions;

/// <summary>
/// Reads the demo's past numbers from the practice network as the collecting job would have, at the end of each post's first four days, and the
/// accounts' every noon; up to the start of today, so that two starts on one day agree. Readings that are there already are left alone.
/// </summary>
public sealed class DemoNumbers(IAnalytics analytics, IPublishing publishing, ISandboxHistory history, TimeProvider clock)
{
    private const int Readings = 4;
    private const int AtOnce = 16;

    /// <summary>Does it.</summary>
    public async Task RunAsync(DemoGround ground, IReadOnlyList<string> postIds, CancellationToken cancellationToken)
    {
        var together = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        foreach (var some in postIds.Chunk(100))
        {
            await Parallel.ForEachAsync(some, together, async (id, token) => await analytics.TrackAsync(ground.Caller, id, token));
            var publications = (await publishing.OfPostsAsync(ground.Caller, some, cancellationToken)).Values.SelectMany(list => list).ToList();
            var known = new Dictionary<string, DateTimeOffset?>();
            foreach (var page in publications.Select(p => p.Id).Chunk(200))
            {
                foreach (var latest in await analytics.LatestAsync(ground.Caller, page, cancellationToken)) { known[latest.PublicationId] = latest.CollectedAt; }
            }
            await Parallel.ForEachAsync(publications, together, async (publication, token) => await ReadPostAsync(ground, publication, known.GetValueOrDefault(publication.Id), token));
        }
        foreach (var channel in ground.Channels)
        {
            await Parallel.ForEachAsync(Enumerable.Range(-DemoStory.Days, DemoStory.Days), together, async (day, token) => await ReadAccountAsync(ground, channel.Id, day, token));
        }
    }

    private async Task ReadPostAsync(DemoGround ground, PublicationView publication, DateTimeOffset? known, CancellationToken cancellationToken)
    {
        var published = publication.PublishedAt ?? throw new InvalidOperationException($"publication {publication.Id} of the demo's past is not out");
        var firstMidnight = new DateTimeOffset(published.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        for (var day = 0; day < Readings; day++)
        {
            var at = firstMidnight.AddDays(day).AddSeconds(-1);
            if (at >= Today || at <= known) { continue; }
            if (await history.NumbersAsync(ground.Caller, publication.ChannelId, publication.Remote[0].Id, at, cancellationToken) is not { } read) { return; }
            await analytics.RecordAsync(ground.Caller, publication.Id, new Numbers(read.Impressions, read.Likes, read.Comments, read.Shares, read.Clicks), at, cancellationToken);
        }
    }

    private async Task ReadAccountAsync(DemoGround ground, string channelId, int day, CancellationToken cancellationToken)
    {
        var noon = Today.AddDays(day).AddHours(12);
        if (await history.AccountAsync(ground.Caller, channelId, noon, cancellationToken) is { } numbers) { await analytics.RecordAccountAsync(ground.Caller, channelId, numbers, noon, cancellationToken); }
    }

    private DateTimeOffset Today => new(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
}
