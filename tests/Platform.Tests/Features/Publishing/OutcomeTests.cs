using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

/// <summary>What each answer of a network leads to: T5 to T8, T11 and T19 of the fault list, as far as publishing decides them.</summary>
public sealed class OutcomeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_passing_failure_is_tried_again_ever_later_and_given_up_after_five_within_an_hour()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (_, _, _) => Answer(new PublishOutcome.Transient("503"));
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Failed, TimeSpan.FromSeconds(5), Hour);
        var view = await rig.ViewAsync(post);
        view.Error!.Code.ShouldBe("network_unavailable");
        var starts = view.Attempts.Select(a => a.StartedAt).ToList();
        starts.Count.ShouldBe(5);
        var gaps = starts.Zip(starts.Skip(1), (a, b) => b - a).ToList();
        gaps.Order().SequenceEqual(gaps).ShouldBeTrue("each wait is longer than the one before");
        (starts[^1] - starts[0]).ShouldBeLessThan(Hour);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(45)]
    public async Task A_network_that_asks_to_wait_is_waited_for_to_the_second_and_other_channels_go_on(int wait)
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        DateTimeOffset? until = null;
        rig.Network.OnPublish = (connection, _, _) =>
        {
            if (connection.ChannelId != "busy" || rig.Clock.GetUtcNow() >= until) { return Accept(); }
            until ??= rig.Clock.GetUtcNow() + TimeSpan.FromSeconds(wait);
            return Answer(new PublishOutcome.RateLimited(until, "slow down"));
        };
        var busy = new List<string>();
        for (var i = 0; i < 20; i++) { busy.Add(await rig.ScheduledAsync($"busy {i}", Second, "busy")); }
        var free = await rig.ScheduledAsync("free", Second, "free");
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(free)).State == Published, Second, TimeSpan.FromMinutes(1));
        await rig.AdvanceUntilAsync(async () => (await Task.WhenAll(busy.Select(rig.ViewAsync))).All(v => v.State == Published), TimeSpan.FromMilliseconds(500), Hour);
        rig.Network.Sink.Where(s => s.ChannelId == "busy").Min(s => s.At).ShouldBeInRange(until!.Value, until.Value + Second);
        rig.Network.Calls.Count.ShouldBeLessThan(21 + 10, "a storm on a channel costs a few calls, not one for each post");
    }

    [Fact]
    public async Task A_refusal_is_final_and_says_why()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (_, _, _) => Answer(new PublishOutcome.Rejected("duplicate", "You said that already.", "Change the text."));
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Failed, Second, Hour);
        (await rig.ViewAsync(post)).Error.ShouldBe(new PublicationError("duplicate", "You said that already.", "Change the text."));
        rig.Network.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_looked_up_and_found_and_never_sent_twice()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (connection, request, _) => { rig.Network.Accept(connection, request); return Answer(new PublishOutcome.Unknown("reset after the request")); };
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Unconfirmed, Second, Hour);
        (await rig.ViewAsync(post)).Error!.Code.ShouldBe("unconfirmed");
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(5), Hour);
        var view = await rig.ViewAsync(post);
        view.Remote.Single().Id.ShouldBe("r1");
        view.Attempts.Single().Outcome.ShouldBe("found");
        rig.Network.Sink.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_that_never_arrived_is_sent_again_only_after_the_settle_time()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var first = true;
        rig.Network.OnPublish = (_, _, _) => { var lost = first; first = false; return lost ? Answer(new PublishOutcome.Unknown("reset")) : Accept(); };
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(2), Hour);
        var attempts = (await rig.ViewAsync(post)).Attempts;
        attempts.Select(a => a.Outcome).ShouldBe(["absent", "published"]);
        (attempts[1].StartedAt - attempts[0].StartedAt).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(40), "the call could have arrived for 30 s, and the network gets 10 s to show it");
    }

    [Fact]
    public async Task A_network_that_accepts_after_our_timeout_gets_no_second_post()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = async (connection, request, token) =>
        {
            var late = Task.Delay(TimeSpan.FromSeconds(31), rig.Clock, CancellationToken.None).ContinueWith(_ => rig.Network.Accept(connection, request), TaskScheduler.Default);
            await late.WaitAsync(token);
            return null;
        };
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, Hour);
        rig.Network.Sink.Count.ShouldBe(1);
        (await rig.ViewAsync(post)).Attempts.Single().Outcome.ShouldBe("found");
    }

    [Fact]
    public async Task What_cannot_be_found_out_waits_for_a_person_and_either_answer_settles_it()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (_, _, _) => Answer(new PublishOutcome.Unknown("reset"));
        rig.Network.OnFind = _ => new LookupOutcome.Unsure("no such reading right");
        var (there, again) = (await rig.ScheduledAsync("a", Second), await rig.ScheduledAsync("b", Second));
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(again)) is { State: Unconfirmed, NextAttemptAt: null } && (await rig.ViewAsync(there)).NextAttemptAt is null, TimeSpan.FromSeconds(30), TimeSpan.FromHours(3));
        rig.Network.OnPublish = (_, _, _) => Accept();
        var confirm = rig.Get<Platform.Features.Publishing.Actions.ConfirmPublication>();
        (await confirm.RunAsync(rig.Caller, new(there, (await rig.ViewAsync(there)).Id, true, "https://there.test/1"), default)).Unwrap().State.ShouldBe(Published);
        (await confirm.RunAsync(rig.Caller, new(again, (await rig.ViewAsync(again)).Id, false), default)).Ok.ShouldBeTrue();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(again)).State == Published, Second, Hour);
        rig.Network.Texts.ShouldBe(["b"]);
        (await rig.ViewAsync(there)).Remote.Single().Url.ShouldBe("https://there.test/1");
        (await confirm.RunAsync(rig.Caller, new(there, (await rig.ViewAsync(there)).Id, true), default)).Problem!.Code.ShouldBe("nothing_to_confirm");
    }

    [Fact]
    public async Task A_network_that_drops_repeats_by_our_key_is_sent_the_same_key_again()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.Capabilities |= NetworkCapabilities.SafeRepeat;
        rig.Network.OnFind = _ => new LookupOutcome.Unsure("cannot look");
        var first = true;
        rig.Network.OnPublish = (_, _, _) => { var lost = first; first = false; return lost ? Answer(new PublishOutcome.Unknown("reset")) : Accept(); };
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(5), Hour);
        rig.Network.Calls.Distinct().Count().ShouldBe(1);
        rig.Network.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_without_an_id_is_a_lost_answer()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (connection, request, _) => { rig.Network.Accept(connection, request); return Answer(new PublishOutcome.Published(new("", null))); };
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(5), Hour);
        (await rig.ViewAsync(post)).Remote.Single().Id.ShouldBe("r1");
        rig.Network.Sink.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_network_processes_is_asked_after_and_never_sent_again()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var asked = 0;
        rig.Network.OnPublish = (_, _, _) => Answer(new PublishOutcome.Pending("h1", TimeSpan.FromSeconds(20)));
        rig.Network.OnPoll = handle => ++asked < 3 ? new PublishOutcome.Pending(handle, TimeSpan.FromSeconds(20)) : new PublishOutcome.Published(new("done", null));
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(5), Hour);
        rig.Network.Calls.Count.ShouldBe(1);
        asked.ShouldBe(3);
        (await rig.ViewAsync(post)).Attempts.Single().Outcome.ShouldBe("published");
    }

    [Fact]
    public async Task A_token_that_ends_within_a_batch_is_renewed_once_and_the_batch_goes_on()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Channels.OnRefresh = _ => new RefreshOutcome.Refreshed(new() { AccessToken = "new", RefreshToken = "again" });
        rig.Network.OnPublish = (connection, _, _) => connection.Secrets.AccessToken == "old" ? Answer(new PublishOutcome.AuthExpired("expired")) : Accept();
        var posts = new List<string>();
        for (var i = 0; i < 20; i++) { posts.Add(await rig.ScheduledAsync($"{i}", Second)); }
        await rig.AdvanceUntilAsync(async () => (await Task.WhenAll(posts.Select(rig.ViewAsync))).All(v => v.State == Published), Second, Hour);
        rig.Channels.Refreshes.Count.ShouldBe(1);
        rig.Network.Sink.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_grant_that_is_gone_holds_the_whole_channel_and_reconnecting_lets_it_go_on()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Channels.OnRefresh = _ => new RefreshOutcome.NeedsReconnect("invalid_grant");
        rig.Network.OnPublish = (_, _, _) => Answer(new PublishOutcome.AuthExpired("expired"));
        var posts = new List<string>();
        for (var i = 0; i < 5; i++) { posts.Add(await rig.ScheduledAsync($"{i}", Second + TimeSpan.FromSeconds(i * 10))); }
        await rig.AdvanceUntilAsync(async () => (await Task.WhenAll(posts.Select(rig.ViewAsync))).All(v => v.State == Held), Second, TimeSpan.FromMinutes(2));
        (await rig.ViewAsync(posts[4])).Error!.Code.ShouldBe("channel_needs_reconnect");
        rig.Network.Sink.ShouldBeEmpty();
        rig.Channels.Statuses.Clear();
        rig.Network.OnPublish = (_, _, _) => Accept();
        await rig.Get<IPublishing>().ReleaseChannelAsync(rig.Caller, "c1", default);
        await rig.AdvanceUntilAsync(async () => (await Task.WhenAll(posts.Select(rig.ViewAsync))).All(v => v.State == Published), Second, TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task A_thread_whose_third_part_fails_resumes_there_and_never_repeats_the_first_two()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (_, request, _) => request.Text == "3" ? Answer(new PublishOutcome.Rejected("bad", "no", "fix")) : Accept();
        var post = await rig.ScheduledAsync("1", Second, more: ["2", "3", "4", "5"]);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Failed, Second, Hour);
        rig.Network.Texts.ShouldBe(["1", "2"]);
        rig.Network.OnPublish = (_, _, _) => Accept();
        var retry = rig.Get<Platform.Features.Publishing.Actions.RetryPublication>();
        (await retry.RunAsync(rig.Caller, new(post, (await rig.ViewAsync(post)).Id), default)).Ok.ShouldBeTrue();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, Hour);
        rig.Network.Texts.ShouldBe(["1", "2", "3", "4", "5"]);
        rig.Network.Sink.Select(s => s.Parent).ShouldBe([null, "r1", "r2", "r3", "r4"]);
    }

    [Fact]
    public async Task The_parts_of_a_stopped_thread_that_are_not_out_can_be_edited_and_those_that_are_cannot()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Network.OnPublish = (_, request, _) => request.Text == "2" ? Answer(new PublishOutcome.Rejected("bad", "no", "fix")) : Accept();
        var post = await rig.ScheduledAsync("1", Second, more: ["2", "3"]);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Failed, Second, Hour);
        await Should.ThrowAsync<InvalidOperationException>(() => rig.WriteAsync("other", more: ["2", "3"], postId: post));
        await rig.WriteAsync("1", more: ["better", "3"], postId: post);
        var retry = rig.Get<Platform.Features.Publishing.Actions.RetryPublication>();
        (await retry.RunAsync(rig.Caller, new(post, (await rig.ViewAsync(post)).Id), default)).Ok.ShouldBeTrue();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, Hour);
        rig.Network.Texts.ShouldBe(["1", "better", "3"]);
    }

    private static Task<PublishOutcome?> Answer(PublishOutcome outcome) => Task.FromResult<PublishOutcome?>(outcome);

    private static Task<PublishOutcome?> Accept() => Task.FromResult<PublishOutcome?>(null);
}
