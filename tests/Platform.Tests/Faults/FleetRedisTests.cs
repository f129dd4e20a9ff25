using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>T10: whatever Redis does, posts go out in time. One fleet lives through all of it, as a real one would.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetRedisTests(FleetGround ground)
{
    private const int Posts = 60;
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task T10_redis_absent_at_start_killed_frozen_and_emptied_delays_no_post_by_more_than_a_second(int copies)
    {
        using var redis = RedisProcess.Choose();
        await using var fleet = await ground.NewFleetAsync(redis);
        await fleet.StartAsync(copies);
        foreach (var copy in fleet.Copies) { await fleet.SaidAsync(copy, "this copy coordinates alone"); }
        var late = new Dictionary<string, TimeSpan> { ["absent"] = await BurstAsync(fleet, () => Task.CompletedTask) };
        await redis.StartAsync();
        foreach (var copy in fleet.Copies) { await fleet.SaidAsync(copy, "copies of the app hear of each other"); }
        late["there"] = await BurstAsync(fleet, () => Task.CompletedTask);
        late["emptied"] = await BurstAsync(fleet, () => redis.SayAsync("FLUSHALL"));
        // For as long as the burst lasts, and longer than any patience with it: it is thawed when all is out.
        late["frozen"] = await BurstAsync(fleet, () => { redis.Freeze(); return Task.CompletedTask; });
        await Task.Delay(TimeSpan.FromSeconds(4));
        redis.Thaw();
        late["killed"] = await BurstAsync(fleet, () => { redis.Kill(); return Task.CompletedTask; });
        foreach (var (how, time) in late) { time.ShouldBeLessThan(late["there"] + Allowed, $"{how}: {string.Join(", ", late)}"); }
        (await fleet.CheckAsync(Posts * late.Count)).SelectMany(r => r.Publication.Attempts).ShouldAllBe(a => a.Outcome == "published");
    }

    // How late nine in ten of a burst were, with something happening to Redis in the middle of it.
    private static async Task<TimeSpan> BurstAsync(Fleet fleet, Func<Task> then)
    {
        var (before, due) = (fleet.Sink.Accepted.Count, await fleet.ScheduleAsync(Posts));
        await Eventually.TrueAsync(() => fleet.Sink.Accepted.Count >= before + 10, "the burst is under way");
        await then();
        await fleet.UntilAllAsync([Published], 60);
        return fleet.Lateness(due)[Posts * 9 / 10];
    }
}
