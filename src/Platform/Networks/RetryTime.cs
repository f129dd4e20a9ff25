using System.Globalization;

namespace Platform.Networks;

/// <summary>Reads when a network wants to be asked again. NETWORKS facts, section 2 rule 5.</summary>
public static class RetryTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly string[] Resets = ["x-rate-limit-reset", "X-RateLimit-Reset", "RateLimit-Reset"];

    /// <summary>
    /// The moment from <c>Retry-After</c> (seconds or a date), else from a rate-limit reset header (epoch seconds, ISO date or seconds left).
    /// Null where none is there or it makes no sense; never before <paramref name="now"/>, never more than a day ahead.
    /// </summary>
    public static DateTimeOffset? Read(IReadOnlyDictionary<string, string> headers, DateTimeOffset now)
    {
        if (headers.TryGetValue("Retry-After", out var after) && Parse(after, now) is { } named) { return named; }
        foreach (var name in Resets)
        {
            if (headers.TryGetValue(name, out var reset) && Parse(reset, now) is { } moment) { return moment; }
        }
        return headers.TryGetValue("X-RateLimit-Reset-After", out var left) ? Parse(left, now) : null;
    }

    private static DateTimeOffset? Parse(string value, DateTimeOffset now)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
        {
            // Numbers past 2001-09-09 in epoch seconds are moments, small ones are seconds left.
            return number > 253_402_300_799 ? null : Bound(number > 1_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds((long)Math.Ceiling(number)) : now.AddSeconds(Math.Min(number, Longest.TotalSeconds)), now);
        }
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? Bound(date, now) : null;
    }

    private static DateTimeOffset Bound(DateTimeOffset moment, DateTimeOffset now) => moment < now ? now : moment > now + Longest ? now + Longest : moment;
}
