namespace Platform.Features.Agents.Domain;

/// <summary>A post that went out: when on the wall, and how many people reacted (likes, comments, shares).</summary>
public sealed record PastPost(DateTime Local, double Engagement);

/// <summary>What is expected of one hour of one weekday.</summary>
/// <param name="Lift">Engagement against the channel's average; 1 is average.</param>
/// <param name="InSlot">The channel's own posts in this hour of this weekday.</param>
/// <param name="InHour">The channel's own posts in this hour on any day of the same kind (working days, weekend).</param>
/// <param name="OwnWeight">0 to 1: how much of the estimate comes from the channel's own posts.</param>
public sealed record SlotEstimate(double Lift, int InSlot, int InHour, double OwnWeight);

/// <summary>
/// Estimates how well each hour of the week does for a channel. Every post counts as the logarithm of its engagement against its channel's
/// average (so that one viral post does not decide). A slot's mean is shrunk towards the mean of its hour, that towards the mean of the
/// hour on comparable channels, and that towards a plain assumption; <see cref="Strength"/> is how many posts the next level weighs:
/// mean(level) = (n × own mean + k × mean(next level)) / (n + k). Thin data therefore says little, and the weights say how little.
/// </summary>
public sealed class BestTimes
{
    /// <summary>k: the posts that a prior is worth.</summary>
    public const double Strength = 5;

    // A plain assumption, not data: reactions follow waking hours, a little more around breakfast, noon and the evening. Log-lift by hour.
    private static readonly double[] Waking =
        [-0.5, -0.6, -0.7, -0.7, -0.6, -0.4, -0.1, 0.05, 0.12, 0.12, 0.08, 0.08, 0.12, 0.08, 0.03, 0.03, 0.05, 0.1, 0.14, 0.12, 0.08, 0, -0.15, -0.35];

    private readonly Level _own;
    private readonly Level _peers;

    /// <summary>From the channel's own posts, and those of comparable channels (each list one channel).</summary>
    public BestTimes(IReadOnlyList<PastPost> own, IReadOnlyList<IReadOnlyList<PastPost>> peers)
    {
        (OwnPosts, PeerPosts) = (own.Count, peers.Sum(p => p.Count));
        _own = new Level(Relative(own));
        _peers = new Level(peers.SelectMany(Relative));
    }

    /// <summary>The channel's own posts.</summary>
    public int OwnPosts { get; }

    /// <summary>Posts of comparable channels.</summary>
    public int PeerPosts { get; }

    /// <summary>What is expected of an hour of a weekday.</summary>
    public SlotEstimate Of(DayOfWeek day, int hour)
    {
        var (ofHour, inHour) = _own.Hour(IsWeekend(day), hour);
        var (ofSlot, inSlot) = _own.Slot(day, hour);
        var (ofPeers, withPeers) = _peers.Hour(IsWeekend(day), hour);
        var peers = Shrink(ofPeers, withPeers, Waking[hour]);
        var value = Shrink(ofSlot, inSlot, Shrink(ofHour, inHour, peers));
        return new(Math.Exp(value), inSlot, inHour, 1 - (PriorWeight(inSlot) * PriorWeight(inHour)));
    }

    private static double Shrink(double mean, int count, double prior) => ((mean * count) + (prior * Strength)) / (count + Strength);

    private static double PriorWeight(int count) => Strength / (count + Strength);

    private static bool IsWeekend(DayOfWeek day) => day is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static IEnumerable<(DayOfWeek Day, int Hour, double Value)> Relative(IReadOnlyList<PastPost> posts)
    {
        if (posts.Count == 0) { return []; }
        var average = posts.Average(p => Math.Log(1 + Math.Max(0, p.Engagement)));
        return posts.Select(p => (p.Local.DayOfWeek, p.Local.Hour, Math.Log(1 + Math.Max(0, p.Engagement)) - average));
    }

    private sealed class Level(IEnumerable<(DayOfWeek Day, int Hour, double Value)> posts)
    {
        private readonly List<(DayOfWeek Day, int Hour, double Value)> _posts = [.. posts];

        public (double Mean, int Count) Slot(DayOfWeek day, int hour) => Mean(_posts.Where(p => p.Day == day && p.Hour == hour));

        public (double Mean, int Count) Hour(bool weekend, int hour) => Mean(_posts.Where(p => IsWeekend(p.Day) == weekend && p.Hour == hour));

        private static (double Mean, int Count) Mean(IEnumerable<(DayOfWeek Day, int Hour, double Value)> posts)
        {
            var values = posts.Select(p => p.Value).ToList();
            return values.Count == 0 ? (0, 0) : (values.Average(), values.Count);
        }
    }
}
