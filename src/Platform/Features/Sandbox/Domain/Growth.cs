using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Sandbox.Domain;

/// <summary>The numbers of a post at a moment.</summary>
public sealed record SandboxNumbers(long Impressions, long Likes, long Comments, long Shares, long Clicks);

/// <summary>
/// Numbers that grow as on a network, computed from what a post is and how old it is: the same post at the same age always has the same. Reach follows
/// the followers of its day, the text's own luck, the hour and the weekday; it rises fast and saturates. Nothing is stored, nothing is random.
/// </summary>
public static class Growth
{
    private const double HoursToSpread = 9;

    /// <summary>The followers of an account at a moment.</summary>
    public static long Followers(SandboxAccount account, DateTimeOffset at)
    {
        var start = 220 + 4200 * Math.Pow(Unit(account.Handle, "followers"), 2);
        var days = (at - account.CreatedAt).TotalDays;
        return (long)Math.Max(25, start + days * start * (0.0015 + 0.004 * Unit(account.Handle, "growth")));
    }

    /// <summary>How many an account follows.</summary>
    public static long Following(SandboxAccount account) => 40 + (long)(400 * Unit(account.Handle, "following"));

    /// <summary>The numbers of a post at a moment.</summary>
    public static SandboxNumbers Of(SandboxAccount account, SandboxPost post, DateTimeOffset at)
    {
        var reach = Reach(account, post) * Spread(post, at);
        var seed = Seed(account, post);
        var link = post.Text.Contains("://", StringComparison.Ordinal);
        return new SandboxNumbers(
            (long)reach, (long)(reach * (0.02 + 0.05 * Unit(seed, "likes"))), Comments.Of(account, post, at).Count,
            (long)(reach * (0.003 + 0.009 * Unit(seed, "shares"))), link ? (long)(reach * (0.01 + 0.025 * Unit(seed, "clicks"))) : 0);
    }

    /// <summary>How many people a post reaches in the end.</summary>
    internal static double Reach(SandboxAccount account, SandboxPost post)
    {
        var luck = 0.4 + 1.6 * Math.Pow(Unit(Seed(account, post), "luck"), 1.5);
        var pictures = post.Media.Count > 0 ? 1.3 : 1.0;
        return Followers(account, post.CreatedAt) * 0.35 * luck * pictures * Hour(account, post.CreatedAt) * Day(post.CreatedAt) * (post.RootId is null ? 1 : 0.6);
    }

    /// <summary>When a share (0 to 1) of what a post will reach has been reached.</summary>
    internal static DateTimeOffset Moment(SandboxPost post, double share) => post.CreatedAt.AddHours(-HoursToSpread * Math.Log(1 - Math.Min(share, 0.999)));

    /// <summary>A number from 0 up to 1 that a text always has.</summary>
    internal static double Unit(string seed, string salt) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}:{seed}"))) / (uint.MaxValue + 1.0);

    /// <summary>What makes a post's numbers its own. The text and not the id, so that a demo shows the same numbers on every start.</summary>
    internal static string Seed(SandboxAccount account, SandboxPost post) => $"{account.Handle}/{post.Text}";

    private static double Spread(SandboxPost post, DateTimeOffset at) => 1 - Math.Exp(-Math.Max(0, (at - post.CreatedAt).TotalHours) / HoursToSpread);

    // Two peaks a day whose hours differ from account to account, so that there is something to find out.
    private static double Hour(SandboxAccount account, DateTimeOffset at)
    {
        var hour = at.UtcDateTime.TimeOfDay.TotalHours;
        var (morning, evening) = (7 + 4 * Unit(account.Handle, "morning"), 16 + 5 * Unit(account.Handle, "evening"));
        return 0.4 + 0.8 * Bell(hour - morning, 1.6) + Bell(hour - evening, 1.9);
    }

    private static double Day(DateTimeOffset at) => at.UtcDateTime.DayOfWeek switch { DayOfWeek.Saturday => 0.7, DayOfWeek.Sunday => 0.75, DayOfWeek.Tuesday or DayOfWeek.Wednesday => 1.15, _ => 1.0 };

    private static double Bell(double distance, double width) => Math.Exp(-(distance * distance) / (2 * width * width));
}
