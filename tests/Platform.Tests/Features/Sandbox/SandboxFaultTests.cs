using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Domain;
using Platform.Networks;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Sandbox;

/// <summary>Each way to misbehave: what the sender sees, and whether the post is there.</summary>
public sealed class SandboxFaultTests(SandboxRig rig) : IClassFixture<SandboxRig>
{
    [Theory]
    [InlineData(SandboxFault.ServerError, typeof(PublishOutcome.Transient), false)]
    [InlineData(SandboxFault.Unavailable, typeof(PublishOutcome.Transient), false)]
    [InlineData(SandboxFault.Refused, typeof(PublishOutcome.Transient), false)]
    [InlineData(SandboxFault.BadGateway, typeof(PublishOutcome.Unknown), false)]
    [InlineData(SandboxFault.GatewayTimeout, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.ResetBeforeAccept, typeof(PublishOutcome.Unknown), false)]
    [InlineData(SandboxFault.ResetAfterAccept, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.Truncated, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.Garbage, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.EmptyId, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.TooManyRequests, typeof(PublishOutcome.RateLimited), false)]
    [InlineData(SandboxFault.Rejected, typeof(PublishOutcome.Rejected), false)]
    public async Task A_fault_is_classified_as_what_is_known_and_a_look_up_tells_the_truth(SandboxFault fault, Type outcome, bool isThere)
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = fault, Count = 1 });
        var request = SandboxRig.Request();
        (await rig.Network.PublishAsync(channel, request, CancellationToken.None)).ShouldBeOfType(outcome);
        (await rig.Network.FindAsync(channel, request, rig.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeOfType(isThere ? typeof(LookupOutcome.Found) : typeof(LookupOutcome.Absent));
        (await rig.SendAsync(channel, "the next one")).ShouldBeOfType<PublishOutcome.Published>();
    }

    [Theory]
    [InlineData(SandboxFault.None, typeof(PublishOutcome.Published), true)]
    [InlineData(SandboxFault.ServerError, typeof(PublishOutcome.Transient), false)]
    [InlineData(SandboxFault.Refused, typeof(PublishOutcome.Transient), false)]
    [InlineData(SandboxFault.BadGateway, typeof(PublishOutcome.Unknown), false)]
    [InlineData(SandboxFault.ResetBeforeAccept, typeof(PublishOutcome.Unknown), false)]
    [InlineData(SandboxFault.ResetAfterAccept, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.Garbage, typeof(PublishOutcome.Unknown), true)]
    [InlineData(SandboxFault.TooManyRequests, typeof(PublishOutcome.RateLimited), false)]
    [InlineData(SandboxFault.Rejected, typeof(PublishOutcome.Rejected), false)]
    public async Task A_fault_in_a_change_is_classified_the_same_and_reading_back_tells_the_truth(SandboxFault fault, Type outcome, bool isChanged)
    {
        var channel = await rig.ConnectAsync();
        var post = (await rig.SendAsync(channel, "before")).ShouldBeOfType<PublishOutcome.Published>().Post;
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = fault, Count = 1 });
        var change = new EditRequest(post, "after", () => true);
        (await rig.Network.EditAsync(channel, change, CancellationToken.None)).ShouldBeOfType(outcome);
        (await rig.Network.FindEditAsync(channel, change, CancellationToken.None)).ShouldBeOfType(isChanged ? typeof(LookupOutcome.Found) : typeof(LookupOutcome.Absent));
        (await rig.CallsAsync(channel)).Count.ShouldBe(1, "a change is no creating call");
        (await rig.Network.EditAsync(channel, change with { Post = new("gone", null) }, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Rejected>().Code.ShouldBe("post_gone");
    }

    [Fact]
    public async Task Silence_after_the_post_was_taken_is_unknown_once_the_time_is_over()
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = SandboxFault.SilentAfterAccept, Count = 1 });
        var request = SandboxRig.Request();
        var sending = rig.Network.PublishAsync(channel, request, CancellationToken.None);
        await Eventually.TrueAsync(async () => (await rig.CallsAsync(channel)).Any(c => c.AcceptedAt is not null), "the post was taken");
        await AdvanceUntilAsync(sending);
        (await sending).ShouldBeOfType<PublishOutcome.Unknown>();
        (await rig.Network.FindAsync(channel, request, rig.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeOfType<LookupOutcome.Found>();
    }

    [Fact]
    public async Task A_network_that_takes_the_post_after_the_sender_gave_up_takes_it_once()
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { DelayMs = 31_000 });
        var request = SandboxRig.Request();
        var sending = rig.Network.PublishAsync(channel, request, CancellationToken.None);
        await Eventually.TrueAsync(async () => (await rig.CallsAsync(channel)).Count == 1, "the call arrived");
        await AdvanceUntilAsync(sending);
        (await sending).ShouldBeOfType<PublishOutcome.Unknown>();
        await AdvanceUntilAsync(Eventually.TrueAsync(async () => (await rig.CallsAsync(channel)).Single().AcceptedAt is not null, "the post was taken late"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_many_requests_names_the_moment_as_seconds_or_as_a_date(bool asDate)
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = SandboxFault.TooManyRequests, Count = 1, RetryAfterSeconds = 90, RetryAfterAsDate = asDate });
        var limited = (await rig.SendAsync(channel)).ShouldBeOfType<PublishOutcome.RateLimited>();
        limited.Until!.Value.ShouldBe(rig.Clock.GetUtcNow().AddSeconds(90), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_rejection_carries_the_network_s_code_and_words()
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = SandboxFault.Rejected, Count = 1, RejectCode = "spam", RejectMessage = "Looks like spam." });
        var rejected = (await rig.SendAsync(channel)).ShouldBeOfType<PublishOutcome.Rejected>();
        (rejected.Code, rejected.Message).ShouldBe(("spam", "Looks like spam."));
    }

    [Fact]
    public async Task A_fault_ends_after_the_ordered_number_of_posts()
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = SandboxFault.ServerError, Count = 2 });
        var kinds = new List<string>();
        for (var i = 0; i < 3; i++) { kinds.Add((await rig.SendAsync(channel, $"post {i}")).GetType().Name); }
        kinds.ShouldBe(["Transient", "Transient", "Published"]);
    }

    [Fact]
    public async Task An_ended_token_works_again_after_a_refresh_and_each_refresh_token_works_once()
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { TokenExpired = true });
        (await rig.SendAsync(channel)).ShouldBeOfType<PublishOutcome.AuthExpired>();
        (await rig.Network.CheckAsync(channel, CancellationToken.None)).ShouldBeOfType<CheckOutcome.AuthExpired>();
        var fresh = (await rig.Network.RefreshAsync(channel, CancellationToken.None)).ShouldBeOfType<RefreshOutcome.Refreshed>().Secrets;
        (await rig.SendAsync(channel with { Secrets = fresh })).ShouldBeOfType<PublishOutcome.Published>();
        (await rig.SendAsync(channel)).ShouldBeOfType<PublishOutcome.NeedsReconnect>();
        (await rig.Network.RefreshAsync(channel, CancellationToken.None)).ShouldBeOfType<RefreshOutcome.NeedsReconnect>();
        (await rig.App.Get<Misbehave>().ReadAsync(rig.Owner, channel.ChannelId, CancellationToken.None)).Unwrap().RefreshCalls.ShouldBe(1);
    }

    [Theory]
    [InlineData(SandboxRefresh.Error, typeof(RefreshOutcome.Transient))]
    [InlineData(SandboxRefresh.InvalidGrant, typeof(RefreshOutcome.NeedsReconnect))]
    public async Task A_refresh_can_fail_for_now_or_for_good(SandboxRefresh refresh, Type outcome)
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { TokenExpired = true, Refresh = refresh });
        (await rig.Network.RefreshAsync(channel, CancellationToken.None)).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task A_look_up_can_be_switched_off() 
    {
        var channel = await rig.ConnectAsync();
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Lookup = false });
        (await rig.Network.FindAsync(channel, SandboxRig.Request(), rig.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeOfType<LookupOutcome.Unsure>();
    }

    private async Task AdvanceUntilAsync(Task done)
    {
        for (var i = 0; i < 200 && !done.IsCompleted; i++) { rig.Clock.Advance(TimeSpan.FromSeconds(5)); await Task.Delay(10); }
        await done;
    }
}
