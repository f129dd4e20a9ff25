using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Contracts;

/// <summary>Numbers. Null is "no data": the network does not say, or nothing was collected yet. Never zero in its place.</summary>
public sealed record Numbers(long? Impressions, long? Likes, long? Comments, long? Shares, long? Clicks)
{
    /// <summary>No data at all.</summary>
    public static readonly Numbers None = new(null, null, null, null, null);

    /// <summary>Likes, comments and shares together, as far as they are known; null where none is.</summary>
    public long? Engagement => Likes is null && Comments is null && Shares is null ? null : (Likes ?? 0) + (Comments ?? 0) + (Shares ?? 0);
}

/// <summary>The latest numbers of a publication.</summary>
/// <param name="PublicationId">The publication.</param>
/// <param name="ChannelId">Its channel.</param>
/// <param name="Network">The network's key.</param>
/// <param name="Numbers">The numbers over all parts.</param>
/// <param name="CollectedAt">When they were read; null before the first time.</param>
/// <param name="Gone">Whether the network no longer has the post.</param>
/// <param name="Note">Why there is no data, where that is known.</param>
public sealed record PublicationNumbers(string PublicationId, string ChannelId, string Network, Numbers Numbers, DateTimeOffset? CollectedAt, bool Gone, string? Note);

/// <summary>A span of whole days in UTC.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
/// <param name="ChannelId">One channel only; all where null.</param>
public sealed record AnalyticsPeriod(DateOnly From, DateOnly To, string? ChannelId = null)
{
    /// <summary>How many days.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The span of the same length before.</summary>
    public AnalyticsPeriod Before => this with { From = From.AddDays(-Days), To = From.AddDays(-1) };
}

/// <summary>What was gained in a period, and in the one before. The days of <see cref="IAnalytics.SeriesAsync"/> add up to <paramref name="Current"/>.</summary>
/// <param name="Current">Gained in the period, by all posts that were out.</param>
/// <param name="Previous">Gained in the period before.</param>
/// <param name="Published">Posts that went out in the period.</param>
/// <param name="PublishedBefore">Posts that went out in the period before.</param>
/// <param name="Followers">Followers over the channels at the end; null where none is known.</param>
/// <param name="FollowersBefore">The same at the end of the period before.</param>
public sealed record PeriodTotals(Numbers Current, Numbers Previous, long Published, long PublishedBefore, long? Followers, long? FollowersBefore);

/// <summary>What one day brought.</summary>
public sealed record DayNumbers(DateOnly Day, Numbers Gained);

/// <summary>A reply under a publication.</summary>
public sealed record ReplyView(string Id, string PublicationId, string ChannelId, string? Url, string AuthorHandle, string AuthorName, string Text, DateTimeOffset CreatedAt);

/// <summary>How posts of one hour of the week did on a channel.</summary>
/// <param name="Day">The weekday in the zone asked for.</param>
/// <param name="Hour">0 to 23 in the zone asked for.</param>
/// <param name="Posts">The sample size: how many posts it rests on.</param>
/// <param name="Engagement">The average of likes, comments and shares of a post.</param>
/// <param name="Rate">The average of engagement divided by impressions; null where the network shows no impressions.</param>
public sealed record EngagementSlot(DayOfWeek Day, int Hour, int Posts, double Engagement, double? Rate);

/// <summary>The door to numbers, for pages, agents and the demo.</summary>
public interface IAnalytics
{
    /// <summary>The latest numbers of publications that are out; others are left out. At most 200.</summary>
    Task<IReadOnlyList<PublicationNumbers>> LatestAsync(Caller caller, IReadOnlyCollection<string> publicationIds, CancellationToken cancellationToken);

    /// <summary>The latest numbers of a post, one entry a publication that is out.</summary>
    Task<IReadOnlyList<PublicationNumbers>> OfPostAsync(Caller caller, string postId, CancellationToken cancellationToken);

    /// <summary>The totals of a period of at most 366 days against the one before.</summary>
    Task<Result<PeriodTotals>> TotalsAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken);

    /// <summary>Day by day; every day of the period is there, those without data with nulls.</summary>
    Task<Result<IReadOnlyList<DayNumbers>>> SeriesAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken);

    /// <summary>The replies under a post's publications, oldest first, at most 500.</summary>
    Task<IReadOnlyList<ReplyView>> RepliesAsync(Caller caller, string postId, CancellationToken cancellationToken);

    /// <summary>How the channel's posts of the last 180 days did by weekday and hour; only posts at least 12 hours old count, only hours with posts are listed.</summary>
    Task<Result<IReadOnlyList<EngagementSlot>>> EngagementByHourAsync(Caller caller, string channelId, string timeZone, CancellationToken cancellationToken);

    /// <summary>Begins to collect the numbers of a post's publications that are out. Safe to repeat; happens by itself when a publication goes out.</summary>
    Task TrackAsync(Caller caller, string postId, CancellationToken cancellationToken);

    /// <summary>Stores numbers read from a network at a moment, as the collecting job does. For imports and the demo's history: moments must not go backwards.</summary>
    Task RecordAsync(Caller caller, string publicationId, Numbers numbers, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Stores an account's numbers of a day, as the collecting job does.</summary>
    Task RecordAccountAsync(Caller caller, string channelId, AccountMetrics numbers, DateTimeOffset at, CancellationToken cancellationToken);
}
