namespace Platform.Tests.TestKit;

/// <summary>What tests with a clock of their own stand on: time may move only when nothing works.</summary>
public sealed class QuietTests
{
    private readonly Quiet _quiet = new();

    [Fact]
    public async Task Work_that_hops_from_thread_to_thread_is_waited_for_to_its_end()
    {
        var hops = 0;
        await _quiet.BeginAsync(() => { _ = HopAsync(); return Task.CompletedTask; });
        (await _quiet.UntilAsync(() => Task.FromResult(false))).ShouldBeFalse();
        hops.ShouldBe(2_000);

        async Task HopAsync()
        {
            while (hops < 2_000)
            {
                await Task.Run(() => Thread.SpinWait(2_000));
                await Task.Yield();
                hops++;
            }
        }
    }

    [Fact]
    public async Task A_store_that_has_not_answered_is_waited_for()
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var after = false;
        await _quiet.BeginAsync(async () => after = await _quiet.AwaitedAsync(() => answer.Task) | true).WaitAsync(TimeSpan.Zero).ContinueWith(_ => { });
        var rest = _quiet.UntilAsync(() => Task.FromResult(false));
        (await Task.WhenAny(rest, Task.Delay(200))).ShouldNotBe(rest);
        answer.SetResult(true);
        (await rest).ShouldBeFalse();
        after.ShouldBeTrue();
    }

    [Fact]
    public async Task What_waits_for_the_clock_is_at_rest_and_a_condition_that_holds_ends_the_wait_at_once()
    {
        var clock = new FakeClock();
        await _quiet.BeginAsync(() => { _ = Task.Delay(TimeSpan.FromHours(1), clock); return Task.CompletedTask; });
        (await _quiet.UntilAsync(() => Task.FromResult(false))).ShouldBeFalse();
        using var still = new ManualResetEventSlim();
        await _quiet.BeginAsync(() => { _ = Task.Run(still.Wait); return Task.CompletedTask; });
        (await _quiet.UntilAsync(() => Task.FromResult(true))).ShouldBeTrue();
        still.Set();
    }

    [Fact]
    public void The_clock_goes_to_the_next_timer_and_no_further()
    {
        var clock = new FakeClock();
        var start = clock.GetUtcNow();
        var seen = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => seen.Add(clock.GetUtcNow() - start), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        clock.AdvanceToNext(TimeSpan.FromSeconds(2));
        (clock.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(2));
        clock.AdvanceToNext(TimeSpan.FromSeconds(10));
        (clock.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(3));
        seen.ShouldBe([TimeSpan.FromSeconds(3)]);
        clock.AdvanceToNext(TimeSpan.FromSeconds(10));
        (clock.GetUtcNow() - start).ShouldBe(TimeSpan.FromSeconds(13));
    }
}
