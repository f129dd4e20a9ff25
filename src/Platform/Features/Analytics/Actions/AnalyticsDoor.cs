using Platform.Features.Analytics.Contracts;
using Platform.Features.Analytics.Domain;
using Platform.Features.Analytics.Store;
using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Actions;

/// <inheritdoc cref="IAnalytics" />
public sealed class AnalyticsDoor(AnalyticsStore store, TrackPublications track, IChannels channels, TimeProvider time) : IAnalytics
{
    private const int LongestPeriod = 366, TriesOnConflict = 5;
    private static readonly TimeSpan Mature = TimeSpan.FromHours(12), Window = TimeSpan.FromDays(180);

    /// <inheritdoc />
    public async Task<IReadOnlyList<PublicationNumbers>> LatestAsync(Caller caller, IReadOnlyCollection<string> publicationIds, CancellationToken cancellationToken) =>
        caller.May(Permission.AnalyticsRead) && publicationIds.Count > 0 ? [.. (await store.FindAsync(caller, [.. publicationIds.Take(200)], cancellationToken)).Select(View)] : [];

    /// <inheritdoc />
    public async Task<IReadOnlyList<PublicationNumbers>> OfPostAsync(Caller caller, string postId, CancellationToken cancellationToken) =>
        caller.May(Permission.AnalyticsRead) ? [.. (await store.OfPostAsync(caller, postId, cancellationToken)).Select(View)] : [];

    /// <inheritdoc />
    public async Task<Result<PeriodTotals>> TotalsAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken)
    {
        if (Objection(caller, period) is { } objection) { return objection; }
        var (now, before) = (await store.DaysAsync(caller, period, cancellationToken), await store.DaysAsync(caller, period.Before, cancellationToken));
        return new PeriodTotals(
            now.Values.Aggregate(Numbers.None, Arithmetic.Add), before.Values.Aggregate(Numbers.None, Arithmetic.Add),
            await store.CountAsync(caller, period, cancellationToken), await store.CountAsync(caller, period.Before, cancellationToken),
            await FollowersAsync(caller, period, cancellationToken), await FollowersAsync(caller, period.Before, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<DayNumbers>>> SeriesAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken)
    {
        if (Objection(caller, period) is { } objection) { return objection; }
        var days = await store.DaysAsync(caller, period, cancellationToken);
        return Enumerable.Range(0, period.Days).Select(period.From.AddDays).Select(d => new DayNumbers(d, days.GetValueOrDefault(d, Numbers.None))).ToList();
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ReplyView>> RepliesAsync(Caller caller, string postId, CancellationToken cancellationToken) => !caller.May(Permission.ContentRead)
        ? []
        : [.. (await store.RepliesAsync(caller, postId, cancellationToken)).Select(r => new ReplyView(r.Id, r.PublicationId, r.ChannelId, r.Reply.Url, r.Reply.AuthorHandle, r.Reply.AuthorName, r.Reply.Text, r.Reply.CreatedAt))];

    /// <inheritdoc />
    public async Task<Result<IReadOnlyList<EngagementSlot>>> EngagementByHourAsync(Caller caller, string channelId, string timeZone, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AnalyticsRead)) { return Problem.Forbidden(); }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone)) { return Problem.InvalidField("timeZone", "unknown_time_zone", "Give an IANA time zone such as Europe/Berlin."); }
        var now = time.GetUtcNow();
        return EngagementHours.Of(await store.OfChannelAsync(caller, channelId, now - Window, now - Mature, cancellationToken), zone).ToList();
    }

    /// <inheritdoc />
    public Task TrackAsync(Caller caller, string postId, CancellationToken cancellationToken) => track.RunAsync(caller, postId, cancellationToken);

    /// <inheritdoc />
    public async Task RecordAsync(Caller caller, string publicationId, Numbers numbers, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < TriesOnConflict; attempt++)
        {
            if (await store.GetAsync(caller, publicationId, cancellationToken) is not { } tracked) { return; }
            if (tracked.CollectedAt > at) { throw new ArgumentOutOfRangeException(nameof(at), "readings must not go backwards in time"); }
            if (await store.RecordAsync(tracked, numbers, at, tracked.NextAt, cancellationToken)) { return; }
        }
    }

    /// <inheritdoc />
    public Task RecordAccountAsync(Caller caller, string channelId, AccountMetrics numbers, DateTimeOffset at, CancellationToken cancellationToken) =>
        store.SaveAccountAsync(caller, CollectFollowers.Snapshot(caller.OrganizationId, channelId, numbers, at), cancellationToken);

    private async Task<long?> FollowersAsync(Caller caller, AnalyticsPeriod period, CancellationToken cancellationToken)
    {
        var ids = period.ChannelId is { } one ? [one] : (await channels.ListAsync(caller, cancellationToken)).Select(c => c.Id);
        long? sum = null;
        foreach (var id in ids)
        {
            var last = await store.AccountDaysAsync(caller, id, period.To, 1, cancellationToken);
            if (last is [{ Followers: { } followers }]) { sum = (sum ?? 0) + followers; }
        }
        return sum;
    }

    private static Problem? Objection(Caller caller, AnalyticsPeriod period) => !caller.May(Permission.AnalyticsRead)
        ? Problem.Forbidden()
        : period.Days is < 1 or > LongestPeriod ? Problem.InvalidField("days", "out_of_range", "Give 1 to 366 days.") : null;

    private static PublicationNumbers View(TrackedPublication t) => new(t.Id, t.ChannelId, t.Network, t.Latest, t.CollectedAt, t.Gone, t.Note);
}
