using Platform.Features.Analytics.Contracts;
using Platform.Features.Analytics.Domain;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Tests.Features.Analytics;

public sealed class ArithmeticTests
{
    [Fact]
    public void What_no_part_tells_is_no_data_and_what_one_tells_counts() =>
        Arithmetic.Sum([new("a", 1, null, 2, null, null), new("b", 2, null, null, 7, null)]).ShouldBe(new Numbers(7, 3, null, 2, null));

    [Fact]
    public void A_gain_is_the_difference_and_a_number_not_told_is_no_gain() =>
        Arithmetic.Gain(new(10, 5, null, 0, 1), new(4, 6, 3, null, 1)).ShouldBe(new Numbers(6, -1, null, 0, 0));

    [Fact]
    public void Engagement_of_nothing_known_is_no_data() => (Numbers.None.Engagement, new Numbers(null, 2, null, 3, 9).Engagement).ShouldBe(((long?)null, 5L));

    [Fact]
    public void Readings_grow_rarer_with_age_and_end()
    {
        var out1 = new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
        TrackedPublication.Next(out1, out1.AddHours(3)).ShouldBe(out1.AddHours(3).AddMinutes(15));
        TrackedPublication.Next(out1, out1.AddDays(5)).ShouldBe(out1.AddDays(5).AddHours(1));
        TrackedPublication.Next(out1, out1.AddDays(31)).ShouldBeNull();
    }

    [Fact]
    public void Hours_are_those_of_the_reader_s_zone_with_their_sample_sizes()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var slots = EngagementHours.Of([
            Out("2026-11-22T23:30:00Z", new(100, 8, 1, 1, null)), Out("2026-11-15T23:10:00Z", new(null, 4, null, null, null)), Out("2026-07-05T22:10:00Z", new(50, 5, 0, 0, null)),
            Out("2026-11-23T10:00:00Z", Numbers.None)], berlin);
        slots.ShouldBe([new EngagementSlot(DayOfWeek.Monday, 0, 3, (10 + 4 + 5) / 3.0, 0.1)]);
    }

    private static TrackedPublication Out(string at, Numbers numbers) => new()
    {
        OrganizationId = Ids.New(), PostId = Ids.New(), ChannelId = Ids.New(), Network = "sandbox", Remote = [],
        PublishedAt = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), Latest = numbers,
    };
}
