using Platform.Coordination.InMemory;
using Platform.Tests.TestKit;

namespace Platform.Tests.Coordination;

public sealed class InMemoryCoordinationTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_counter_ends_one_window_after_its_first_addition()
    {
        var counters = new InMemoryCounters(_clock);
        (await counters.AddAsync("k", 1, Minute)).ShouldBe((1, Minute));
        _clock.Advance(TimeSpan.FromSeconds(40));
        (await counters.AddAsync("k", 2, Minute)).ShouldBe((3, TimeSpan.FromSeconds(20)));
        _clock.Advance(TimeSpan.FromSeconds(20));
        (await counters.AddAsync("k", 1, Minute)).ShouldBe((1, Minute));
    }

    [Fact]
    public async Task Additions_from_many_threads_are_all_counted()
    {
        var counters = new InMemoryCounters(_clock);
        await Parallel.ForAsync(0, 5_000, async (_, ct) => await counters.AddAsync("k", 1, Minute, ct));
        (await counters.AddAsync("k", 0, Minute)).Value.ShouldBe(5_000);
    }

    [Fact]
    public async Task Ended_counters_do_not_pile_up()
    {
        var counters = new InMemoryCounters(_clock);
        for (var i = 0; i < 20_000; i++)
        {
            await counters.AddAsync($"k{i}", 1, TimeSpan.FromSeconds(1));
            if (i % 100 == 0) { _clock.Advance(TimeSpan.FromSeconds(1)); }
        }
        counters.Count.ShouldBeLessThan(2_048);
    }

    [Fact]
    public async Task A_lock_has_one_holder_until_given_back()
    {
        var locks = new InMemoryLocks(_clock);
        var mine = await locks.TryTakeAsync("k", Minute);
        mine.ShouldNotBeNull();
        (await locks.TryTakeAsync("k", Minute)).ShouldBeNull();
        (await locks.TryTakeAsync("other", Minute)).ShouldNotBeNull();
        await mine.DisposeAsync();
        (await locks.TryTakeAsync("k", Minute)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_late_holder_cannot_give_back_the_lock_of_the_next()
    {
        var locks = new InMemoryLocks(_clock);
        var late = await locks.TryTakeAsync("k", Minute);
        _clock.Advance(Minute);
        (await locks.TryTakeAsync("k", Minute)).ShouldNotBeNull();
        await late!.DisposeAsync();
        (await locks.TryTakeAsync("k", Minute)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_that_want_a_lock_one_gets_it()
    {
        var locks = new InMemoryLocks(_clock);
        var winners = 0;
        await Parallel.ForAsync(0, 500, async (_, ct) => { if (await locks.TryTakeAsync("k", Minute, ct) is not null) { Interlocked.Increment(ref winners); } });
        winners.ShouldBe(1);
    }

    [Fact]
    public async Task A_cached_entry_is_there_until_its_time_or_its_removal()
    {
        using var cache = new InMemoryCache(_clock);
        await cache.SetAsync("a", "one", Minute);
        await cache.SetAsync("b", "two", Minute);
        (await cache.GetAsync<string>("a")).ShouldBe("one");
        (await cache.GetAsync<List<int>>("a")).ShouldBeNull();
        await cache.RemoveAsync("a");
        (await cache.GetAsync<string>("a")).ShouldBeNull();
        _clock.Advance(Minute);
        (await cache.GetAsync<string>("b")).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_of_redis_that_is_none_is_refused_at_start_with_words()
    {
        await using var app = new PlatformApp().With("Coordination:RedisUrl", "http://localhost");
        var error = Should.Throw<Exception>(() => app.CreateClient());
        error.ToString().ShouldContain("Coordination:RedisUrl");
    }
}
