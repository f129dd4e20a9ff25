using Platform.Features.Publishing.Contracts;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

public sealed class DispatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_post_goes_out_at_its_time_and_not_before()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var start = rig.Clock.GetUtcNow();
        var post = await rig.ScheduledAsync("hello", TimeSpan.FromMinutes(10));
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Clock.GetUtcNow() >= start + TimeSpan.FromSeconds(597)), TimeSpan.FromSeconds(9.95), TimeSpan.FromMinutes(11));
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Clock.GetUtcNow() >= start + TimeSpan.FromSeconds(599)), TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(11));
        rig.Network.Calls.ShouldBeEmpty();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, TimeSpan.FromMinutes(1));
        var sent = rig.Network.Sink.Single();
        sent.Text.ShouldBe("hello");
        sent.At.ShouldBeGreaterThanOrEqualTo(start + TimeSpan.FromMinutes(10));
        var view = await rig.ViewAsync(post);
        view.Attempts.Single().Outcome.ShouldBe("published");
        view.Remote.Single().Id.ShouldBe(sent.RemoteId);
        view.Ledger.Select(e => e.State).ShouldBe([Draft, Scheduled, PublicationState.Publishing, Published]);
    }

    [Fact]
    public async Task A_thread_goes_out_in_order_each_part_under_the_one_before()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var post = await rig.ScheduledAsync("one", Second, more: ["two", "three"]);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, TimeSpan.FromMinutes(1));
        rig.Network.Texts.ShouldBe(["one", "two", "three"]);
        rig.Network.Sink.Select(s => s.Parent).ShouldBe([null, "r1", "r2"]);
    }
}
