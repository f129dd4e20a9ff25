using Platform.Features.Analytics.Contracts;
using Platform.Networks;

namespace Platform.Features.Analytics.Domain;

/// <summary>Sums and differences in which "no data" stays no data.</summary>
public static class Arithmetic
{
    /// <summary>Over the parts of a thread: what at least one part tells.</summary>
    public static Numbers Sum(IEnumerable<PostMetrics> parts)
    {
        var all = parts.ToList();
        return new(Sum(all, p => p.Impressions), Sum(all, p => p.Likes), Sum(all, p => p.Comments), Sum(all, p => p.Shares), Sum(all, p => p.Clicks));
    }

    /// <summary>What came to what was there; a number that the network has just begun to tell counts from nothing.</summary>
    public static Numbers Gain(Numbers now, Numbers before) => new(
        Gain(now.Impressions, before.Impressions), Gain(now.Likes, before.Likes), Gain(now.Comments, before.Comments), Gain(now.Shares, before.Shares), Gain(now.Clicks, before.Clicks));

    /// <summary>Both together.</summary>
    public static Numbers Add(Numbers a, Numbers b) => new(
        Add(a.Impressions, b.Impressions), Add(a.Likes, b.Likes), Add(a.Comments, b.Comments), Add(a.Shares, b.Shares), Add(a.Clicks, b.Clicks));

    /// <summary>The newer reading; what it does not tell stays as it was.</summary>
    public static Numbers Renew(Numbers now, Numbers before) => new(
        now.Impressions ?? before.Impressions, now.Likes ?? before.Likes, now.Comments ?? before.Comments, now.Shares ?? before.Shares, now.Clicks ?? before.Clicks);

    private static long? Sum(List<PostMetrics> parts, Func<PostMetrics, long?> of) => parts.Exists(p => of(p) is not null) ? parts.Sum(p => of(p) ?? 0) : null;

    private static long? Gain(long? now, long? before) => now is { } value ? value - (before ?? 0) : null;

    private static long? Add(long? a, long? b) => a is null && b is null ? null : (a ?? 0) + (b ?? 0);
}
