using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Ui;
using Platform.Primitives;

namespace Platform.Tests.Features.Publishing.Ui;

public sealed class CalendarViewTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-11-22", DayOfWeek.Monday, "2026-10-26", 42)]
    [InlineData("2026-02-10", DayOfWeek.Sunday, "2026-02-01", 28)]
    [InlineData("2028-02-29", DayOfWeek.Monday, "2028-01-31", 35)]
    public void A_month_is_whole_weeks_around_it(string day, DayOfWeek first, string from, int days)
    {
        var view = CalendarView.Around(DateOnly.Parse(day, null), week: false, first);
        (view.First, view.Days).ShouldBe((DateOnly.Parse(from, null), days));
        view.First.DayOfWeek.ShouldBe(first);
    }

    [Theory]
    [InlineData("2026-11-22", DayOfWeek.Monday, "2026-11-16")]
    [InlineData("2026-11-22", DayOfWeek.Sunday, "2026-11-22")]
    public void A_week_begins_on_the_readers_first_day(string day, DayOfWeek first, string from) =>
        CalendarView.Around(DateOnly.Parse(day, null), week: true, first).First.ShouldBe(DateOnly.Parse(from, null));

    [Fact]
    public void Days_are_days_of_the_readers_zone_also_where_the_clocks_change()
    {
        var view = CalendarView.Around(new DateOnly(2026, 10, 25), week: true, DayOfWeek.Monday);
        var (from, to) = view.Range(Berlin);
        from.ShouldBe(DateTimeOffset.Parse("2026-10-19T00:00:00+02:00", null));
        to.ShouldBe(DateTimeOffset.Parse("2026-10-26T00:00:00+01:00", null));

        var days = view.Fill([Due("2026-10-24T21:59:00Z"), Due("2026-10-24T22:00:00Z"), Due("2026-10-25T22:59:00Z")], Berlin, new DateOnly(2026, 10, 25));
        days.Select(d => d.Items.Count).ShouldBe([0, 0, 0, 0, 0, 1, 2]);
        days[6].IsToday.ShouldBeTrue();
        days[6].Items.Select(i => i.Local.ToString("HH:mm", null)).ShouldBe(["00:00", "23:59"]);
    }

    [Fact]
    public void Steps_go_by_the_month_or_the_week()
    {
        CalendarView.Around(new DateOnly(2026, 1, 31), week: false, DayOfWeek.Monday).Step(1).ShouldBe(new DateOnly(2026, 2, 1));
        CalendarView.Around(new DateOnly(2026, 1, 1), week: true, DayOfWeek.Monday).Step(-1).ShouldBe(new DateOnly(2025, 12, 25));
    }

    [Theory]
    [InlineData(PublicationState.Scheduled, true)]
    [InlineData(PublicationState.Publishing, false)]
    [InlineData(PublicationState.Published, false)]
    [InlineData(PublicationState.Unconfirmed, false)]
    public void Only_what_waits_can_be_moved(PublicationState state, bool movable) => new CalendarItem(Due("2026-10-24T21:59:00Z") with { State = state }, default).IsMovable.ShouldBe(movable);

    private static PublicationView Due(string at) => new()
    {
        Id = Ids.New(), Version = 1, PostId = "p", ChannelId = "c", Network = "sandbox", State = PublicationState.Scheduled,
        Content = new() { Parts = [new("text", [])] }, Due = new(DateTimeOffset.Parse(at, null), "", "Europe/Berlin"),
    };
}
