using Quartz;

namespace Platform.Jobs.Recurring;

/// <summary>
/// A five-field crontab expression in an IANA zone. Where clocks go forward, a run at a fixed hour inside the gap comes at the first moment after it;
/// where they go back, it comes once (the first pass). A run every hour or every few minutes follows real time through both.
/// </summary>
public sealed class CronSchedule
{
    private readonly CronExpression _expression;

    /// <summary>Throws <see cref="FormatException"/> or <see cref="TimeZoneNotFoundException"/> for what is neither.</summary>
    public CronSchedule(string cron, string zone)
    {
        (Cron, Zone) = (cron, zone);
        _expression = CronExpression.Parse(cron, CronFormat.Unix).WithTimeZone(TimeZoneInfo.FindSystemTimeZoneById(zone));
    }

    /// <summary>The expression: minute hour day-of-month month day-of-week.</summary>
    public string Cron { get; }

    /// <summary>The IANA zone.</summary>
    public string Zone { get; }

    /// <summary>The first occurrence after a moment, in UTC; null where there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) => _expression.GetNextValidTimeAfter(moment)?.ToUniversalTime();
}
