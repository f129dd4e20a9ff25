using Platform.Features.Analytics.Contracts;

namespace Platform.Features.Analytics.Domain;

/// <summary>Engagement by weekday and hour.</summary>
public static class EngagementHours
{
    /// <summary>The hours with posts, in the order of the week (Monday first).</summary>
    public static IReadOnlyList<EngagementSlot> Of(IEnumerable<TrackedPublication> publications, TimeZoneInfo zone) =>
    [
        .. publications.Where(p => p.Latest.Engagement is not null)
            .GroupBy(p => TimeZoneInfo.ConvertTime(p.PublishedAt, zone) is var local ? (local.DayOfWeek, local.Hour) : default)
            .Select(g => new EngagementSlot(g.Key.DayOfWeek, g.Key.Hour, g.Count(), g.Average(p => (double)p.Latest.Engagement!.Value), Rate(g)))
            .OrderBy(s => ((int)s.Day + 6) % 7).ThenBy(s => s.Hour),
    ];

    private static double? Rate(IEnumerable<TrackedPublication> group)
    {
        var rates = group.Where(p => p.Latest.Impressions > 0).Select(p => p.Latest.Engagement!.Value / (double)p.Latest.Impressions!.Value).ToList();
        return rates.Count == 0 ? null : rates.Average();
    }
}
