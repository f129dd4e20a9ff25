using Microsoft.Extensions.Logging.Abstractions;
using Platform.Coordination;
using Platform.Coordination.InMemory;
using Platform.Coordination.Redis;
using Platform.Primitives;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Coordination;

/// <summary>What one copy of the app has for coordination.</summary>
public sealed record Copy(ISignals Signals, ICounters Counters, ILocks Locks, ICache Cache, IPresence Presence);

/// <summary>What every engine promises, seen by two copies of the app (which are one where the engine knows only one).</summary>
public abstract class CoordinationContract
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly string _key = Ids.New();

    /// <summary>Two copies, ready.</summary>
    protected abstract Task<(Copy One, Copy Other)> StartAsync();

    [Fact]
    public async Task Both_copies_add_to_a_counter_that_ends()
    {
        var (one, other) = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => (n % 2 == 0 ? one : other).Counters.AddAsync(_key, 2, Minute).AsTask()));
        var (value, left) = await other.Counters.AddAsync(_key, 0, Minute);
        value.ShouldBe(200);
        left.ShouldBeInRange(TimeSpan.FromSeconds(30), Minute);
        await one.Counters.AddAsync(_key + "short", 5, TimeSpan.FromMilliseconds(30));
        await Eventually.TrueAsync(async () => (await other.Counters.AddAsync(_key + "short", 0, TimeSpan.FromMilliseconds(30))).Value == 0, "the counter ends");
    }

    [Fact]
    public async Task A_lock_has_one_holder_over_all_copies()
    {
        var (one, other) = await StartAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => (n % 2 == 0 ? one : other).Locks.TryTakeAsync(_key, Minute).AsTask()));
        var mine = taken.Where(t => t is not null).ShouldHaveSingleItem()!;
        await mine.DisposeAsync();
        var next = (await other.Locks.TryTakeAsync(_key, Minute)).ShouldNotBeNull();
        // Who gives back twice does not give back the next holder's.
        await mine.DisposeAsync();
        (await one.Locks.TryTakeAsync(_key, Minute)).ShouldBeNull();
        await next.DisposeAsync();
    }

    [Fact]
    public async Task A_signal_is_heard_once_by_every_copy_in_order()
    {
        var (one, other) = await StartAsync();
        var (here, there) = (new List<string>(), new List<string>());
        using var a = one.Signals.Subscribe(_key, m => { here.Add(m); return Task.CompletedTask; });
        using var b = other.Signals.Subscribe(_key, m => { there.Add(m); return Task.CompletedTask; });
        using var c = other.Signals.Subscribe(_key + "x", _ => throw new InvalidOperationException("not its topic"));
        var sent = Enumerable.Range(0, 50).Select(n => $"{n}\nline two").ToList();
        foreach (var message in sent) { await one.Signals.PublishAsync(_key, message); }
        await Eventually.TrueAsync(() => here.Count == 50 && there.Count == 50, "both heard all");
        here.ShouldBe(sent);
        there.ShouldBe(sent);
    }

    [Fact]
    public async Task Who_is_at_a_place_is_seen_from_every_copy_until_they_leave()
    {
        var (one, other) = await StartAsync();
        var (ada, grace) = (new Visitor(Ids.New(), "ada", "Ada"), new Visitor(Ids.New(), "grace", "Grace"));
        var heard = 0;
        using var hearing = one.Signals.Subscribe(Topics.Presence(_key), _ => { heard++; return Task.CompletedTask; });
        (await one.Presence.EnterAsync(_key, ada)).ShouldBe([ada]);
        (await other.Presence.EnterAsync(_key, grace)).ShouldBe([ada, grace], ignoreOrder: true);
        await Eventually.TrueAsync(() => heard >= 2, "the pages that are there are told");
        (await one.Presence.EnterAsync(_key, ada)).Count.ShouldBe(2, "to say it again changes nothing");
        await other.Presence.LeaveAsync(_key, grace);
        (await one.Presence.EnterAsync(_key, ada)).ShouldBe([ada]);
        (await other.Presence.EnterAsync(_key + "elsewhere", grace)).ShouldBe([grace]);
    }

    [Fact]
    public async Task A_removal_from_the_cache_is_seen_by_every_copy()
    {
        var (one, other) = await StartAsync();
        await one.Cache.SetAsync(_key, "value", Minute);
        await other.Cache.SetAsync(_key, "value", Minute);
        (await one.Cache.GetAsync<string>(_key)).ShouldBe("value");
        await one.Cache.RemoveAsync(_key);
        await Eventually.TrueAsync(async () => await one.Cache.GetAsync<string>(_key) is null && await other.Cache.GetAsync<string>(_key) is null, "both forgot");
    }
}

public sealed class InMemoryCoordinationContract : CoordinationContract
{
    protected override Task<(Copy, Copy)> StartAsync()
    {
        var copy = RedisCoordinationContract.Alone();
        return Task.FromResult((copy, copy));
    }
}

public sealed class RedisCoordinationContract : CoordinationContract, IDisposable
{
    private readonly string _server = TestServers.Require("REDIS_URL");
    private readonly List<IDisposable> _open = [];

    public static Copy Alone()
    {
        var signals = new InMemorySignals(NullLogger<InMemorySignals>.Instance);
        return new(signals, new InMemoryCounters(TimeProvider.System), new InMemoryLocks(TimeProvider.System), new InMemoryCache(TimeProvider.System), new InMemoryPresence(signals, TimeProvider.System));
    }

    public void Dispose() => _open.ForEach(o => o.Dispose());

    protected override async Task<(Copy, Copy)> StartAsync() => ((await CopyAsync(_server)).Copy, (await CopyAsync(_server)).Copy);

    [Fact]
    public async Task Without_redis_a_copy_goes_on_alone_and_joins_again_when_it_is_back()
    {
        using var proxy = new CuttingProxy("redis://" + _server);
        var (one, link) = await CopyAsync(proxy.Authority);
        var (other, _) = await CopyAsync(_server);
        var (key, heard) = (Ids.New(), 0);
        (await one.Counters.AddAsync(key, 1, TimeSpan.FromMinutes(1))).Value.ShouldBe(1);
        link.IsAlone.ShouldBeFalse();
        proxy.IsDown = true;
        using var here = one.Signals.Subscribe(key, _ => { heard++; return Task.CompletedTask; });
        await one.Signals.PublishAsync(key, "alone");
        await Eventually.TrueAsync(() => heard == 1, "this copy hears itself");
        await using (var held = await one.Locks.TryTakeAsync(key, TimeSpan.FromMinutes(1))) { held.ShouldNotBeNull(); }
        (await one.Counters.AddAsync(key, 1, TimeSpan.FromMinutes(1))).Value.ShouldBe(1, "it counts for itself");
        link.IsAlone.ShouldBeTrue();
        proxy.IsDown = false;
        await Eventually.TrueAsync(async () => { await other.Signals.PublishAsync(key, "back"); await one.Counters.AddAsync(key, 0, TimeSpan.FromMinutes(1)); return heard > 1 && !link.IsAlone; }, "it hears the other copy again", 30);
    }

    [Fact]
    public async Task A_copy_that_started_without_redis_hears_the_others_once_it_is_there()
    {
        using var proxy = new CuttingProxy("redis://" + _server) { IsDown = true };
        var (link, alone) = (new RedisLink(proxy.Authority, NullLogger.Instance), Alone());
        _open.Add(link);
        var signals = new RedisSignals(link, alone.Signals);
        await link.TryAsync();
        link.IsAlone.ShouldBeTrue();
        var (other, _) = await CopyAsync(_server);
        var (key, heard) = (Ids.New(), 0);
        using var hearing = signals.Subscribe(key, _ => { heard++; return Task.CompletedTask; });
        proxy.IsDown = false;
        await Eventually.TrueAsync(async () => { await other.Signals.PublishAsync(key, "there"); await link.TryAsync(); return heard > 0 && !link.IsAlone; }, "it hears the other copy", 30);
    }

    private async Task<(Copy Copy, RedisLink Link)> CopyAsync(string server)
    {
        var (link, alone) = (new RedisLink(server, NullLogger.Instance), Alone());
        _open.Add(link);
        var signals = new RedisSignals(link, alone.Signals);
        await signals.Listening;
        return (new Copy(signals, new RedisCounters(link, alone.Counters), new RedisLocks(link, alone.Locks), new RedisCache(alone.Cache, signals), new RedisPresence(link, alone.Presence, signals)), link);
    }
}
