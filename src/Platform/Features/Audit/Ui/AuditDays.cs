using System.Globalization;

namespace Platform.Features.Audit.Ui;

/// <summary>Days of a URL as instants.</summary>
public static class AuditDays
{
    /// <summary>The first instant of a day in a zone, some days later; null where the text is no day.</summary>
    public static DateTimeOffset? Start(string? day, TimeZoneInfo zone, int daysLater = 0)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year is < 2000 or > 9000) { return null; }
        var local = date.AddDays(daysLater).ToDateTime(TimeOnly.MinValue);
        // A day that begins in the hour that the clocks skip begins when they have.
        while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
