using Quartz;

namespace Platform.Jobs.Recurring;

/// <summary>
/// A five-field crontab expression in an IANA zone. Where clocks go forward, a run at a fixed hour inside the gap comes at the first moment after it;
/// where they go back, it comes once (the first pass). What runs several times in those hours follows real time through both.
/// </summary>
public sealed class CronSchedule
{
    private readonly CronExpression _expression;
    private readonly TimeZoneInfo _zone;

    /// <summary>Throws <see cref="FormatException"/> or <see cref="TimeZoneNotFoundException"/> for what is neither.</summary>
    public CronSchedule(string cron, string zone)
    {
        (Cron, Zone) = (cron, zone);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        _expression = CronExpression.Parse(cron, CronFormat.Unix).WithTimeZone(_zone);
    }

    /// <summary>The expression: minute hour day-of-month month day-of-week.</summary>
    public string Cron { get; }

    /// <summary>The IANA zone.</summary>
    public string Zone { get; }

    /// <summary>The first occurrence after a moment, in UTC; null where there is none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        var next = _expression.GetNextValidTimeAfter(moment);
        while (next is { } at && IsRepeat(at)) { next = _expression.GetNextValidTimeAfter(at); }
        return next?.ToUniversalTime();
    }

    // Asked from between the two passes of an hour that comes twice, Quartz offers the second pass, though from the first pass's own
    // occurrence it would have left it out. So a moment of a second pass counts only where walking on from the first pass leads to it.
    private bool IsRepeat(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        if (!_zone.IsAmbiguousTime(local.DateTime)) { return false; }
        DateTimeOffset? walk = new DateTimeOffset(local.DateTime, _zone.GetAmbiguousTimeOffsets(local.DateTime).Max());
        while (walk < at) { walk = _expression.GetNextValidTimeAfter(walk.Value); }
        return walk != at;
    }
}
