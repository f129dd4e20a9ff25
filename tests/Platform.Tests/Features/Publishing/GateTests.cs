using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

/// <summary>Nothing that must be approved and is not leaves, whichever way it is asked for; and what is claimed without being cleared is stopped before the call.</summary>
public sealed class GateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static TheoryData<string> Entrances => ["schedule", "publish", "retry-cancelled", "retry-expired", "move", "edit-scheduled", "edit-held-then-released", "edit-missed-then-retried", "new-channel", "policy-on-after-edit"];

    [Theory]
    [MemberData(nameof(Entrances))]
    public async Task Whatever_the_entrance_nothing_unapproved_leaves(string entrance)
    {
        await using var rig = new PublishingRig(new FakeClock());
        var post = await rig.WriteAsync("unapproved");
        await EnterAsync(rig, entrance, post);
        await rig.StartAsync();
        for (var i = 0; i < 20; i++) { rig.Fake.Advance(TimeSpan.FromMinutes(10)); await Task.Delay(5); }
        rig.Network.Texts.ShouldNotContain("unapproved", entrance);
        (await rig.Get<IPublishing>().OfPostsAsync(rig.Caller, [post], default))[post].ShouldAllBe(p => p.State == AwaitingApproval || p.State == Draft || p.State == Missed || p.State == Cancelled || p.State == Published);
    }

    private static Task EnterAsync(PublishingRig rig, string entrance, string post) => entrance switch
    {
        "schedule" => Needed(rig, () => rig.Get<IScheduling>().ScheduleAsync(rig.Caller, post, new(null, null, rig.Clock.GetUtcNow() + Second), default)),
        "publish" => Needed(rig, () => rig.Get<IScheduling>().PublishNowAsync(rig.Caller, post, default)),
        "retry-cancelled" => RetryAsync(rig, post, async () => (await rig.Get<IScheduling>().CancelAsync(rig.Caller, post, default)).Unwrap()),
        "retry-expired" => RetryAsync(rig, post, () => ExpireAsync(rig, post)),
        "move" => MoveAsync(rig, post),
        "edit-scheduled" => EditAsync(rig, post, () => Task.CompletedTask, () => Task.CompletedTask),
        "edit-held-then-released" => EditAsync(rig, post, () => rig.Get<IPublishing>().HoldChannelAsync(rig.Caller, "c1", new("channel_paused", "paused", "resume"), default), () => rig.Get<IPublishing>().ReleaseChannelAsync(rig.Caller, "c1", default)),
        "edit-missed-then-retried" => EditAsync(rig, post, () => MissAsync(rig, post), () => RefusedAsync(rig, post)),
        "new-channel" => NewChannelAsync(rig, post),
        _ => PolicyOnAsync(rig, post),
    };

    private static async Task Needed(PublishingRig rig, Func<Task<Result<Done>>> enter)
    {
        rig.Gate.Needed = true;
        (await enter()).Unwrap();
        rig.Gate.Submitted.Count.ShouldBe(1, "a schedule of what must be approved is a submission");
    }

    private static async Task RetryAsync(PublishingRig rig, string post, Func<Task> before)
    {
        await rig.ScheduleAsync(post, Hour);
        await before();
        await RefusedAsync(rig, post);
    }

    private static async Task RefusedAsync(PublishingRig rig, string post)
    {
        rig.Gate.Needed = true;
        var view = await rig.ViewAsync(post);
        (await rig.Get<RetryPublication>().RunAsync(rig.Caller, new(post, view.Id), default)).Problem?.Code.ShouldBe("approval_required");
    }

    private static async Task ExpireAsync(PublishingRig rig, string post)
    {
        await WaitAsync(rig, post, TimeSpan.FromMinutes(1), expires: true);
        rig.Fake.Advance(TimeSpan.FromMinutes(2));
        (await rig.Get<ExpireUnapproved>().RunAsync(default)).ShouldBe(1);
        (await rig.ViewAsync(post)).Error!.Code.ShouldBe("approval_late");
    }

    private static async Task MissAsync(PublishingRig rig, string post)
    {
        var view = await rig.ViewAsync(post);
        (await rig.Get<PublicationStore>().ChangeAsync(rig.Caller, view.Id, p => p.Miss("test", rig.Clock.GetUtcNow()), default)).Unwrap();
    }

    private static async Task WaitAsync(PublishingRig rig, string post, TimeSpan after, bool expires = false)
    {
        var batch = new WriteBatch();
        (await rig.Get<IPublicationApproval>().StageWaitAsync(rig.Caller, new(post, new(null, null, rig.Clock.GetUtcNow() + after), expires), batch, default)).Unwrap();
        (await rig.Get<IDocumentStore>().CommitAsync(batch, default)).ShouldBeTrue();
    }

    private static async Task MoveAsync(PublishingRig rig, string post)
    {
        await WaitAsync(rig, post, Hour);
        var view = await rig.ViewAsync(post);
        (await rig.Get<MovePublication>().RunAsync(rig.Caller, new(view.Id, new(null, null, rig.Clock.GetUtcNow() + Second)), default)).Unwrap().Publication.State.ShouldBe(AwaitingApproval);
    }

    private static async Task EditAsync(PublishingRig rig, string post, Func<Task> before, Func<Task> after)
    {
        await StageAsync(rig, post, ["c1"], "approved", null);
        await rig.ScheduleAsync(post, Second);
        await before();
        await StageAsync(rig, post, ["c1"], "unapproved", new(Expires: false));
        await after();
    }

    private static async Task NewChannelAsync(PublishingRig rig, string post)
    {
        await rig.ScheduleAsync(post, Second);
        await StageAsync(rig, post, ["c1", "c2"], "unapproved", new(Expires: false));
        (await rig.Get<IPublishing>().OfPostsAsync(rig.Caller, [post], default))[post].ShouldAllBe(p => p.State == AwaitingApproval, "a new channel sends the whole post back");
    }

    private static async Task PolicyOnAsync(PublishingRig rig, string post)
    {
        await StageAsync(rig, post, ["c1"], "scheduled before", null);
        await rig.ScheduleAsync(post, Second);
        rig.Gate.Needed = true;
        await StageAsync(rig, post, ["c1"], "unapproved", new(Expires: false));
        (await rig.Get<IScheduling>().PublishNowAsync(rig.Caller, post, default)).Unwrap();
        rig.Gate.Submitted.ShouldBe([post]);
    }

    private static async Task StageAsync(PublishingRig rig, string post, string[] channels, string text, ApprovalNeed? need)
    {
        var batch = new WriteBatch();
        (await rig.Get<IPublishing>().StageAsync(rig.Caller, PublishingRig.Plan(post, channels, [text]) with { Approval = need }, batch, default)).Unwrap();
        (await rig.Get<IDocumentStore>().CommitAsync(batch, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_claim_never_takes_what_is_not_cleared_even_where_everything_else_says_that_it_is_due()
    {
        await using var rig = new PublishingRig(new FakeClock());
        var post = await rig.ScheduledAsync("x", Second);
        await SetAsync(rig, post, u => u.Set(r => r.Publication.Cleared, false));
        rig.Fake.Advance(Second);
        (await rig.Get<ClaimPublications>().RunAsync(new(10, rig.Clock.GetUtcNow().AddMinutes(1), [], []), default)).ShouldBeEmpty();
        (await rig.Get<ClaimPublications>().RunAsync(new(10, rig.Clock.GetUtcNow().AddMinutes(1), ["other"], []), default)).ShouldBeEmpty();
        (await rig.Get<ClaimPublications>().NextAsync([], [], default)).ShouldBeNull();
        await SetAsync(rig, post, u => u.Set(r => r.Publication.Cleared, true));
        (await rig.Get<ClaimPublications>().RunAsync(new(10, rig.Clock.GetUtcNow().AddMinutes(1), [], []), default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_claimed_with_other_content_than_was_cleared_is_stopped_before_the_call()
    {
        await using var rig = new PublishingRig(new FakeClock());
        var post = await rig.ScheduledAsync("approved", Second);
        await SetAsync(rig, post, u => u.Set(r => r.Publication.Content, new PublicationContent { Parts = [new("slipped in", [])] }));
        await rig.StartAsync();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == AwaitingApproval, Second, TimeSpan.FromMinutes(2));
        rig.Network.Sink.ShouldBeEmpty();
        (await rig.ViewAsync(post)).Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cleared_it_goes_out_once_at_its_time()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var post = await rig.WriteAsync("approved");
        await WaitAsync(rig, post, TimeSpan.FromMinutes(5));
        var batch = new WriteBatch();
        (await rig.Get<IPublicationApproval>().StageClearAsync(rig.Caller, post, batch, default)).Unwrap();
        (await rig.Get<IDocumentStore>().CommitAsync(batch, default)).ShouldBeTrue();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, TimeSpan.FromMinutes(10));
        rig.Network.Texts.ShouldBe(["approved"]);
    }

    [Fact]
    public async Task A_member_may_not_act_on_a_channel_that_was_not_given_to_them()
    {
        await using var rig = new PublishingRig(new FakeClock());
        var post = await rig.ScheduledAsync("x", Hour);
        var (view, limited) = (await rig.ViewAsync(post), rig.Caller with { Channels = new HashSet<string> { "other" } });
        var at = new WhenToPublish(null, null, rig.Clock.GetUtcNow() + Second);
        string?[] codes =
        [
            (await rig.Get<SchedulePost>().RunAsync(limited, new(post, at), default)).Problem?.Code,
            (await rig.Get<SchedulePost>().RunAsync(limited, new(post, null), default)).Problem?.Code,
            (await rig.Get<CancelPost>().RunAsync(limited, new(post), default)).Problem?.Code,
            (await rig.Get<CancelPost>().RunAsync(limited, new(post, view.Id), default)).Problem?.Code,
            (await rig.Get<UnschedulePost>().RunAsync(limited, new(post), default)).Problem?.Code,
            (await rig.Get<MovePublication>().RunAsync(limited, new(view.Id, at), default)).Problem?.Code,
            (await rig.Get<RetryPublication>().RunAsync(limited, new(post, view.Id), default)).Problem?.Code,
            (await rig.Get<ConfirmPublication>().RunAsync(limited, new(post, view.Id, false), default)).Problem?.Code,
            (await rig.Get<IPublicationApproval>().StageWaitAsync(limited, new(post, at, false), new WriteBatch(), default)).Problem?.Code,
        ];
        codes.ShouldAllBe(code => code == "channel_not_allowed");
        (await rig.ViewAsync(post)).State.ShouldBe(Scheduled);
    }

    private static Task SetAsync(PublishingRig rig, string post, Func<Update<PublicationRecord>, Update<PublicationRecord>> set) =>
        rig.Get<IDocumentStore>().ForPlatform<PublicationRecord>(Caller.Platform).UpdateManyAsync(r => r.Publication.PostId == post, set(new()), default);
}
