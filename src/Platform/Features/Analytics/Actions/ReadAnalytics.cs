using Platform.Features.Analytics.Contracts;
using Platform.Features.Analytics.Store;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Actions;

/// <summary>A post's numbers and replies.</summary>
public sealed record PostAnalytics(string PostId, IReadOnlyList<PublicationNumbers> Publications, IReadOnlyList<ReplyView> Replies);

/// <summary>The dashboard's numbers.</summary>
public sealed record DashboardAnalytics(DateOnly From, DateOnly To, PeriodTotals Totals, IReadOnlyList<DayNumbers> Days);

/// <summary>A day of an account.</summary>
public sealed record AccountDay(DateOnly Day, long? Followers, long? Following, long? Posts);

/// <summary>A channel's numbers.</summary>
public sealed record ChannelAnalytics(string ChannelId, DateOnly From, DateOnly To, PeriodTotals Totals, IReadOnlyList<DayNumbers> Days, IReadOnlyList<AccountDay> Account);

/// <summary>Reads numbers for the API and pages.</summary>
public sealed class ReadAnalytics(IAnalytics analytics, IPosts posts, IChannels channels, AnalyticsStore store, TimeProvider time)
{
    /// <summary>A post's.</summary>
    public async Task<Result<PostAnalytics>> PostAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AnalyticsRead)) { return Problem.Forbidden(); }
        var post = await posts.GetAsync(caller, postId, cancellationToken);
        if (!post.Ok) { return post.Problem; }
        return new PostAnalytics(postId, await analytics.OfPostAsync(caller, postId, cancellationToken), await analytics.RepliesAsync(caller, postId, cancellationToken));
    }

    /// <summary>The dashboard's, over the last days, today included.</summary>
    public async Task<Result<DashboardAnalytics>> DashboardAsync(Caller caller, int days, CancellationToken cancellationToken)
    {
        var period = Last(days, null);
        var totals = await analytics.TotalsAsync(caller, period, cancellationToken);
        if (!totals.Ok) { return totals.Problem; }
        return new DashboardAnalytics(period.From, period.To, totals.Value, (await analytics.SeriesAsync(caller, period, cancellationToken)).Unwrap());
    }

    /// <summary>A channel's, over the last days, today included.</summary>
    public async Task<Result<ChannelAnalytics>> ChannelAsync(Caller caller, string channelId, int days, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AnalyticsRead)) { return Problem.Forbidden(); }
        var channel = await channels.GetAsync(caller, channelId, cancellationToken);
        if (!channel.Ok) { return channel.Problem; }
        var period = Last(days, channelId);
        var totals = await analytics.TotalsAsync(caller, period, cancellationToken);
        if (!totals.Ok) { return totals.Problem; }
        var account = (await store.AccountDaysAsync(caller, channelId, period.To, Math.Min(days, 366), cancellationToken))
            .Select(s => new AccountDay(DateOnly.FromDateTime(s.Day.UtcDateTime), s.Followers, s.Following, s.Posts)).Where(d => d.Day >= period.From).Reverse().ToList();
        return new ChannelAnalytics(channelId, period.From, period.To, totals.Value, (await analytics.SeriesAsync(caller, period, cancellationToken)).Unwrap(), account);
    }

    private AnalyticsPeriod Last(int days, string? channelId)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return new AnalyticsPeriod(today.AddDays(1 - Math.Max(days, 0)), today, channelId);
    }
}
