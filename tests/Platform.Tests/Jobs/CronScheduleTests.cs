using System.Globalization;
using Platform.Jobs.Recurring;

namespace Platform.Tests.Jobs;

public sealed class CronScheduleTests
{
    [Theory]
    // Clocks go forward: a fixed hour inside the gap comes at the first moment after it, once.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z")]
    // Clocks go back: a fixed hour that comes twice runs once, at the first pass.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    // Also where it is asked late, from between the two passes.
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:05Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z")]
    [InlineData("30 1 * * *", "America/New_York", "2026-11-01T06:10:00Z", "2026-11-02T06:30:00Z", "2026-11-03T06:30:00Z")]
    [InlineData("*/20 * * * *", "Europe/Berlin", "2026-10-25T00:50:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:20:00Z")]
    // The wall-clock hour is kept over both switches.
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-03-28T07:00:00Z", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z")]
    [InlineData("0 9 * * *", "America/New_York", "2026-10-31T12:00:00Z", "2026-10-31T13:00:00Z", "2026-11-01T14:00:00Z")]
    // Every hour and every few minutes follow real time through both.
    [InlineData("0 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("*/30 * * * *", "America/New_York", "2026-03-08T06:30:00Z", "2026-03-08T07:00:00Z", "2026-03-08T07:30:00Z")]
    [InlineData("30 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:30:00Z")]
    // Crontab's days of the week: 0 and 7 are Sunday, ranges may end there.
    [InlineData("0 9 * * 0", "Etc/UTC", "2026-11-22T12:00:00Z", "2026-11-29T09:00:00Z", "2026-12-06T09:00:00Z")]
    [InlineData("0 9 * * 5-7", "Etc/UTC", "2026-11-28T12:00:00Z", "2026-11-29T09:00:00Z", "2026-12-04T09:00:00Z")]
    [InlineData("0 0 29 2 *", "Etc/UTC", "2026-11-22T12:00:00Z", "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z")]
    public void The_next_occurrences_are_right(string cron, string zone, string after, string first, string second)
    {
        var schedule = new CronSchedule(cron, zone);
        var next = schedule.NextAfter(At(after));
        next.ShouldBe(At(first));
        schedule.NextAfter(next!.Value).ShouldBe(At(second));
        next.Value.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_date_that_never_comes_has_no_next() => new CronSchedule("0 0 31 2 *", "Etc/UTC").NextAfter(At("2026-11-22T12:00:00Z")).ShouldBeNull();

    [Theory]
    [InlineData("every day")]
    [InlineData("* * * *")]
    [InlineData("0 * * * * *")]
    [InlineData("61 * * * *")]
    public void What_is_no_crontab_is_refused(string cron) => Should.Throw<FormatException>(() => new CronSchedule(cron, "Etc/UTC"));

    [Fact]
    public void An_unknown_zone_is_refused() => Should.Throw<TimeZoneNotFoundException>(() => new CronSchedule("0 9 * * *", "Europe/Atlantis"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
