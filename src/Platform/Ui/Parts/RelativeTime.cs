using System.Globalization;

namespace Platform.Ui.Parts;

/// <summary>Says how far away a moment is, in English; the same steps as js/parts.js, which keeps the words true while the page is open.</summary>
public static class RelativeTime
{
    private static readonly (double Below, string Unit, double Seconds)[] Steps =
        [(60, "second", 1), (3600, "minute", 60), (86400, "hour", 3600), (604800, "day", 86400)];

    /// <summary>"3 minutes ago", "in 2 hours", "now"; null from a week on, where a date says more.</summary>
    public static string? Say(DateTimeOffset at, DateTimeOffset now, string nowWord = "now")
    {
        var seconds = Math.Round((at - now).TotalSeconds);
        var distance = Math.Abs(seconds);
        if (distance < 45) { return nowWord; }
        var step = Steps.FirstOrDefault(s => distance < s.Below);
        if (step.Unit is null) { return null; }
        var count = Math.Max(1, Math.Round(distance / step.Seconds, MidpointRounding.AwayFromZero));
        var words = $"{count.ToString("0", CultureInfo.InvariantCulture)} {step.Unit}{(count is 1 ? "" : "s")}";
        return seconds < 0 ? $"{words} ago" : $"in {words}";
    }
}
