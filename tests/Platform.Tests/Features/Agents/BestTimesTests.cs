using Platform.Features.Agents.Domain;

namespace Platform.Tests.Features.Agents;

/// <summary>The statistics behind suggested times.</summary>
public sealed class BestTimesTests
{
    // 2026-11-03 is a Tuesday.
    private static readonly DateTime Tuesday = new(2026, 11, 3);

    [Fact]
    public void With_no_data_the_estimate_is_the_plain_assumption_and_says_so()
    {
        var estimate = new BestTimes([], []).Of(DayOfWeek.Tuesday, 3);
        estimate.OwnWeight.ShouldBe(0);
        estimate.InSlot.ShouldBe(0);
        estimate.Lift.ShouldBeLessThan(new BestTimes([], []).Of(DayOfWeek.Tuesday, 12).Lift);
    }

    [Fact]
    public void Much_data_of_its_own_decides()
    {
        // Eight weeks: Tuesdays at 3 in the morning do well, noon does badly.
        var posts = Enumerable.Range(0, 30).SelectMany(week => new[] { new PastPost(Tuesday.AddDays(7 * week).AddHours(3), 100), new PastPost(Tuesday.AddDays(7 * week).AddHours(12), 2) }).ToList();
        var times = new BestTimes(posts, []);
        times.Of(DayOfWeek.Tuesday, 3).Lift.ShouldBeGreaterThan(2);
        times.Of(DayOfWeek.Tuesday, 12).Lift.ShouldBeLessThan(0.5);
        times.Of(DayOfWeek.Tuesday, 3).OwnWeight.ShouldBeGreaterThan(0.9);
        times.Of(DayOfWeek.Tuesday, 3).InSlot.ShouldBe(30);
    }

    [Fact]
    public void One_viral_post_does_not_decide()
    {
        var usual = Enumerable.Range(0, 10).Select(week => new PastPost(Tuesday.AddDays(7 * week).AddHours(9), 20)).ToList();
        var times = new BestTimes([.. usual, new PastPost(Tuesday.AddHours(23), 100_000)], []);
        times.Of(DayOfWeek.Tuesday, 23).OwnWeight.ShouldBeLessThan(0.5);
        times.Of(DayOfWeek.Tuesday, 23).Lift.ShouldBeLessThan(10);
    }

    [Fact]
    public void A_posts_worth_is_shrunk_by_the_formula()
    {
        // Two posts at 9 on Tuesdays, two elsewhere: relative logs are +d and -d with d = (ln 101 - ln 2) / 2.
        var posts = new[] { new PastPost(Tuesday.AddHours(9), 100), new PastPost(Tuesday.AddDays(7).AddHours(9), 100), new PastPost(Tuesday.AddHours(15), 1), new PastPost(Tuesday.AddDays(7).AddHours(15), 1) };
        var d = (Math.Log(101) - Math.Log(2)) / 2;
        const double k = BestTimes.Strength, waking = 0.12;
        var hour = ((2 * d) + (k * waking)) / (2 + k);
        var slot = ((2 * d) + (k * hour)) / (2 + k);
        var estimate = new BestTimes(posts, []).Of(DayOfWeek.Tuesday, 9);
        Math.Log(estimate.Lift).ShouldBe(slot, 0.000_001);
        estimate.OwnWeight.ShouldBe(1 - (k / (2 + k) * (k / (2 + k))), 0.000_001);
    }

    [Fact]
    public void Other_channels_speak_where_there_is_no_data_of_its_own()
    {
        var peer = Enumerable.Range(0, 40).SelectMany(week => new[] { new PastPost(Tuesday.AddDays(7 * week).AddHours(3), 100), new PastPost(Tuesday.AddDays(7 * week).AddHours(12), 2) }).ToList();
        var times = new BestTimes([], [peer]);
        times.Of(DayOfWeek.Tuesday, 3).Lift.ShouldBeGreaterThan(times.Of(DayOfWeek.Tuesday, 12).Lift);
        times.Of(DayOfWeek.Tuesday, 3).OwnWeight.ShouldBe(0);
        times.PeerPosts.ShouldBe(80);
    }

    [Fact]
    public void Picked_times_lie_apart_and_in_order()
    {
        var start = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
        var times = new BestTimes([], []);
        var free = Enumerable.Range(0, 7 * 24).Select(h => start.AddHours(h)).Select(at => new Slot(at, at.DateTime, times.Of(at.DayOfWeek, at.Hour))).ToList();
        var picked = SlotPicker.Pick(free, 5, SlotPicker.AsChoices(TimeSpan.FromDays(7), 5));
        picked.Count.ShouldBe(5);
        picked.Zip(picked.Skip(1)).ShouldAllBe(pair => pair.Second.At - pair.First.At >= TimeSpan.FromHours(20));
        picked.Select(p => p.Local.Hour).ShouldAllBe(hour => hour >= 8 && hour <= 21);
        var spread = SlotPicker.Pick(free, 2, SlotPicker.Spread(TimeSpan.FromDays(7), 2));
        (spread[1].At - spread[0].At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromHours(56), "two posts of a week do not follow on each other's heels");
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(-59, false)]
    [InlineData(60, true)]
    public void An_hour_around_planned_posts_is_kept_clear(int minutes, bool free)
    {
        var planned = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        SlotPicker.IsFree(planned.AddMinutes(minutes), [planned]).ShouldBe(free);
    }
}
