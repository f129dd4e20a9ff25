using Platform.Features.Publishing.Actions;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Publishing;

/// <summary>The relay rests while posts wait for a free place, and never longer than its time.</summary>
public sealed class CalmTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);
    private readonly FakeClock _clock = new(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    private readonly Calm _calm = new();

    [Fact]
    public void In_calm_there_is_no_wait() => _calm.WaitAsync(Longest, _clock, TestContext.Current.CancellationToken).IsCompletedSuccessfully.ShouldBeTrue();

    [Fact]
    public async Task In_a_storm_it_waits_until_the_calm()
    {
        _calm.Set(false);
        var waiting = _calm.WaitAsync(Longest, _clock, TestContext.Current.CancellationToken);
        waiting.IsCompleted.ShouldBeFalse();
        _calm.Set(true);
        await waiting;
        _calm.WaitAsync(Longest, _clock, TestContext.Current.CancellationToken).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task In_a_storm_that_does_not_end_it_waits_its_time()
    {
        _calm.Set(false);
        _calm.Set(false);
        var waiting = _calm.WaitAsync(Longest, _clock, TestContext.Current.CancellationToken);
        _clock.Advance(Longest - TimeSpan.FromMilliseconds(1));
        waiting.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await waiting;
    }
}
