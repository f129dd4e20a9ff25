using System.Globalization;
using Platform.Features.Publishing.Contracts;

namespace Platform.Tests.Features.Publishing;

public sealed class ScheduleClockTests
{
    [Theory]
    // Plain.
    [InlineData("2026-11-22T09:00:00", "Europe/Berlin", "2026-11-22T08:00:00Z", "2026-11-22T09:00:00", false)]
    [InlineData("2026-07-01T09:00:00", "Europe/Berlin", "2026-07-01T07:00:00Z", "2026-07-01T09:00:00", false)]
    [InlineData("2028-02-29T12:00:00", "Asia/Kolkata", "2028-02-29T06:30:00Z", "2028-02-29T12:00:00", false)]
    // Gaps: moved forward by the gap.
    [InlineData("2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-29T03:30:00", true)]
    [InlineData("2026-03-08T02:30:00", "America/New_York", "2026-03-08T07:30:00Z", "2026-03-08T03:30:00", true)]
    [InlineData("2026-10-04T02:15:00", "Australia/Lord_Howe", "2026-10-03T15:45:00Z", "2026-10-04T02:45:00", true)]
    // Overlaps: the first.
    [InlineData("2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00", true)]
    [InlineData("2026-11-01T01:30:00", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00", true)]
    [InlineData("2026-04-05T01:45:00", "Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-05T01:45:00", true)]
    // The edges of a gap and of an overlap are not in it.
    [InlineData("2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59", false)]
    [InlineData("2026-03-29T03:00:00", "Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00", false)]
    [InlineData("2026-10-25T03:00:00", "Europe/Berlin", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00", false)]
    public void A_wall_clock_in_a_zone_is_one_instant_and_every_switch_of_the_clocks_is_explained(string local, string zone, string instant, string really, bool explained)
    {
        var resolved = ScheduleClock.Resolve(DateTime.Parse(local, CultureInfo.InvariantCulture), zone).Unwrap();
        resolved.Due.ShouldBe(new DueTime(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), really, zone));
        (resolved.Explanation is not null).ShouldBe(explained);
    }

    [Theory]
    [InlineData("Middle/Earth")]
    [InlineData("")]
    [InlineData("CET; DROP TABLE")]
    public void A_zone_that_is_none_is_refused(string zone) => ScheduleClock.Resolve(new DateTime(2026, 1, 1), zone).Problem!.Code.ShouldBe("unknown_time_zone");

    [Fact]
    public void An_instant_keeps_its_moment_in_every_zone()
    {
        var instant = new DateTimeOffset(2026, 10, 25, 1, 30, 0, TimeSpan.Zero);
        foreach (var zone in ScheduleClock.Zones) { ScheduleClock.Resolve(instant, zone).Unwrap().Due.At.ShouldBe(instant, zone); }
    }

    [Fact]
    public void A_request_must_name_one_time() => ScheduleClock.Resolve(new WhenToPublish(null, "Europe/Berlin", null)).Problem!.Code.ShouldBe("time_missing");

    [Fact]
    public void A_local_time_without_its_zone_is_refused() => ScheduleClock.Resolve(new WhenToPublish(new DateTime(2026, 1, 1), null, null)).Problem!.Code.ShouldBe("time_zone_missing");
}
