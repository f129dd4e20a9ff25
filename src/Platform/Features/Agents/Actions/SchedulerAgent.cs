using System.Globalization;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Domain;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>When times are looked for.</summary>
/// <param name="From">Not before.</param>
/// <param name="To">Before this.</param>
/// <param name="TimeZone">The IANA zone of the wall.</param>
public sealed record TimeRange(DateTimeOffset From, DateTimeOffset To, string TimeZone);

/// <summary>How many times, and how far from one another.</summary>
public sealed record Wanted(int Count, TimeSpan Apart);

/// <summary>Finds times by statistics of the channels' own engagement; no model is asked.</summary>
public sealed class SchedulerAgent(IEngagement engagement, IChannels channels, IPublishing publishing, TimeProvider time)
{
    private static readonly TimeSpan History = TimeSpan.FromDays(90);
    private static readonly PublicationState[] Planned = [PublicationState.AwaitingApproval, PublicationState.Scheduled, PublicationState.Publishing, PublicationState.Held];

    /// <summary>As many times as wanted at which all the channels do best together; their planned posts are left clear.</summary>
    public async Task<IReadOnlyList<SuggestedTime>> TogetherAsync(Caller caller, IReadOnlyList<ChannelView> together, TimeRange range, Wanted wanted, CancellationToken cancellationToken)
    {
        var ids = together.Select(c => c.Id).ToList();
        var planned = (await publishing.DueBetweenAsync(caller, new(range.From - SlotPicker.Clearance, range.To + SlotPicker.Clearance, Planned, ids), cancellationToken)).Select(p => p.Due!.At).ToList();
        var models = await ModelsAsync(caller, together, range.TimeZone, cancellationToken);
        var free = Hours(range).Where(h => SlotPicker.IsFree(h.At, planned)).Select(h => new Slot(h.At, h.Local, Combined(models, h.Local))).ToList();
        return [.. SlotPicker.Pick(free, wanted.Count, wanted.Apart).Select(slot => Suggest(together, models, slot, range.TimeZone))];
    }

    private async Task<IReadOnlyList<BestTimes>> ModelsAsync(Caller caller, IReadOnlyList<ChannelView> together, string zone, CancellationToken cancellationToken)
    {
        var all = await channels.ListAsync(caller, cancellationToken);
        var networks = together.Select(c => c.Network).ToHashSet();
        var asked = all.Where(c => networks.Contains(c.Network)).Select(c => c.Id).Union(together.Select(c => c.Id)).ToList();
        var posts = (await engagement.SinceAsync(caller, asked, time.GetUtcNow() - History, cancellationToken))
            .GroupBy(p => p.ChannelId).ToDictionary(g => g.Key, g => (IReadOnlyList<PastPost>)[.. g.Select(p => new PastPost(Wall(p.PublishedAt, zone), p.Engagement))]);
        return [.. together.Select(channel => new BestTimes(
            posts.GetValueOrDefault(channel.Id, []),
            [.. all.Where(c => c.Network == channel.Network && c.Id != channel.Id).Select(c => posts.GetValueOrDefault(c.Id, [])).Where(p => p.Count > 0)]))];
    }

    // The next whole hour and those after it; what a switch of the clocks leaves out or doubles is no good time to propose.
    private IEnumerable<(DateTimeOffset At, DateTime Local)> Hours(TimeRange range)
    {
        var earliest = Later(range.From, time.GetUtcNow().AddMinutes(15));
        var wall = Wall(earliest, range.TimeZone);
        for (var local = wall.Date.AddHours(wall.Hour + 1); ; local = local.AddHours(1))
        {
            var resolved = ScheduleClock.Resolve(local, range.TimeZone).Unwrap();
            if (resolved.Due.At >= range.To) { yield break; }
            if (resolved.Explanation is null) { yield return (resolved.Due.At, local); }
        }
    }

    private static SlotEstimate Combined(IReadOnlyList<BestTimes> models, DateTime local)
    {
        var each = models.Select(m => m.Of(local.DayOfWeek, local.Hour)).ToList();
        return new(Math.Exp(each.Average(e => Math.Log(e.Lift))), each.Sum(e => e.InSlot), each.Sum(e => e.InHour), each.Min(e => e.OwnWeight));
    }

    private static SuggestedTime Suggest(IReadOnlyList<ChannelView> together, IReadOnlyList<BestTimes> models, Slot slot, string zone)
    {
        var (own, peers) = (models.Sum(m => m.OwnPosts), models.Sum(m => m.PeerPosts));
        return new()
        {
            ChannelId = together is [var only] ? only.Id : null,
            At = slot.At,
            LocalTime = slot.Local.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
            TimeZone = zone,
            Lift = Math.Round(slot.Estimate.Lift, 2),
            SampleSize = slot.Estimate.InSlot,
            Reason = TimeWords.Reason(slot, own, peers),
            Confidence = new(Math.Round(slot.Estimate.OwnWeight, 2), own, TimeWords.Explain(slot.Estimate, own)),
        };
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTime Wall(DateTimeOffset at, string zone) => DateTime.Parse(ScheduleClock.Resolve(at, zone).Unwrap().Due.LocalTime, CultureInfo.InvariantCulture);
}
