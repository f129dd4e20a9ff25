using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Publishing;

/// <summary>Another text for what is out: the intent before the call, the old text recorded until the network has the new one, and never a second post.</summary>
public sealed class EditPublishedTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1), Most = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_published_text_is_changed_once_and_the_ledger_says_so()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        PublicationView? during = null;
        rig.Network.OnEdit = _ => { during = rig.ViewAsync(before.PostId).GetAwaiter().GetResult(); return null; };

        var after = (await EditAsync(rig, before, "the new text")).Unwrap();

        during!.IsEditing.ShouldBeTrue("the intent is stored before the call");
        during.Out.Parts[0].Text.ShouldBe("the old text");
        during.Attempts[^1].ShouldSatisfyAllConditions(a => a.Outcome.ShouldBe("editing"), a => a.EndedAt.ShouldBeNull(), a => a.IsEdit.ShouldBeTrue());
        (after.State, after.IsEditing, after.Out.Parts[0].Text, after.Attempts[^1].Outcome).ShouldBe((PublicationState.Published, false, "the new text", "edited"));
        after.EditedAt.ShouldNotBeNull();
        after.Ledger[^1].Reason.ShouldContain("changed");
        rig.Network.Edited.ShouldBe(["the new text"]);
        rig.Network.Texts.ShouldBe(["the old text"], "nothing is posted by a change");
        rig.Audit.Entries.Count(e => e.Action == "publication.edit_sent").ShouldBe(1);
    }

    [Fact]
    public async Task The_post_and_its_publication_still_agree_after_a_change()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "as written");
        (await EditAsync(rig, before, "as changed there")).Ok.ShouldBeTrue();
        await rig.WriteAsync("as written", postId: before.PostId);
        (await rig.ViewAsync(before.PostId)).Out.Parts[0].Text.ShouldBe("as changed there");
    }

    [Fact]
    public async Task A_part_of_a_thread_is_changed_and_the_others_stay()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "one", "two");
        string? changed = null;
        rig.Network.OnEdit = request => { changed = request.Post.Id; return null; };
        var after = (await Action(rig).RunAsync(rig.Caller, new(before.PostId, before.Id, "second", Part: 1), default)).Unwrap();
        changed.ShouldBe(before.Remote[1].Id);
        after.Out.Parts.Select(p => p.Text).ShouldBe(["one", "second"]);
        (await Action(rig).RunAsync(rig.Caller, new(before.PostId, before.Id, "x", Part: 2), default)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    public static TheoryData<PublishOutcome, string, string> Refusals => new()
    {
        { new PublishOutcome.Rejected("content_refused", "Not this.", "Change it."), "content_refused", "rejected" },
        { new PublishOutcome.RateLimited(null, "Too many calls."), "rate_limited", "rateLimited" },
        { new PublishOutcome.Transient("nobody answers"), "network_unavailable", "transient" },
        { new PublishOutcome.BillingRequired("it wants money"), "billing_required", "billingRequired" },
        { new PublishOutcome.NeedsReconnect("access is gone"), "channel_needs_reconnect", "needsReconnect" },
        { new PublishOutcome.Withdrawn(), "network_unavailable", "withdrawn" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_change_that_is_not_taken_leaves_the_old_text_recorded_and_is_not_tried_again(PublishOutcome outcome, string code, string attempt)
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        rig.Network.OnEdit = _ => outcome;
        (await EditAsync(rig, before, "the new text")).Problem!.Code.ShouldBe(code);
        var after = await rig.ViewAsync(before.PostId);
        (after.State, after.Out.Parts[0].Text, after.IsEditing, after.Attempts[^1].Outcome).ShouldBe((PublicationState.Published, "the old text", false, attempt));
        after.EditedAt.ShouldBeNull();
        rig.Fake.Advance(TimeSpan.FromHours(1));
        await Settle(rig);
        rig.Network.Edited.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_is_read_back_at_once_and_counts_where_the_new_text_is_there()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        rig.Network.OnEdit = _ => new PublishOutcome.Unknown("cut off");
        rig.Network.OnFindEdit = request => new LookupOutcome.Found(request.Post);
        var after = (await EditAsync(rig, before, "the new text")).Unwrap();
        (after.Out.Parts[0].Text, after.Attempts[^1].Outcome, after.IsEditing).ShouldBe(("the new text", "found", false));
    }

    [Fact]
    public async Task A_lost_answer_that_shows_nothing_yet_is_looked_up_later_and_believed_absent_only_when_it_can_no_longer_arrive()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        rig.Network.OnEdit = _ => new PublishOutcome.Unknown("cut off");
        rig.Network.OnFindEdit = _ => new LookupOutcome.Absent();
        (await EditAsync(rig, before, "the new text")).Problem!.Code.ShouldBe("edit_unconfirmed");
        (await EditAsync(rig, await rig.ViewAsync(before.PostId), "a third text")).Problem!.Code.ShouldBe("edit_open");
        rig.Fake.Advance(TimeSpan.FromSeconds(15));
        await Settle(rig);
        (await rig.ViewAsync(before.PostId)).IsEditing.ShouldBeTrue("the call may still arrive");
        rig.Fake.Advance(TimeSpan.FromMinutes(5));
        await Settle(rig);
        var after = await rig.ViewAsync(before.PostId);
        (after.Out.Parts[0].Text, after.Attempts[^1].Outcome, after.IsEditing).ShouldBe(("the old text", "absent", false));
        rig.Network.Edited.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_that_dies_in_the_call_leaves_an_intent_that_another_looks_up()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        rig.Network.OnEdit = _ => throw new InvalidOperationException("stands for: the result is never stored");
        rig.Network.OnFindEdit = _ => throw new InvalidOperationException("nor is anything found out");
        (await EditAsync(rig, before, "the new text")).Problem!.Code.ShouldBe("edit_unconfirmed");
        rig.Network.OnFindEdit = request => request.Text == "the new text" ? new LookupOutcome.Found(request.Post) : new LookupOutcome.Absent();
        rig.Fake.Advance(TimeSpan.FromMinutes(2));
        await Settle(rig);
        (await rig.ViewAsync(before.PostId)).Out.Parts[0].Text.ShouldBe("the new text");
    }

    [Fact]
    public async Task What_is_never_found_out_is_left_to_a_person_with_the_old_text_recorded()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        rig.Network.OnEdit = _ => new PublishOutcome.Unknown("cut off");
        await EditAsync(rig, before, "the new text");
        for (var look = 0; look < 10; look++)
        {
            rig.Fake.Advance(TimeSpan.FromHours(3));
            await Settle(rig);
        }
        var after = await rig.ViewAsync(before.PostId);
        (after.IsEditing, after.Out.Parts[0].Text).ShouldBe((false, "the old text"));
        after.Ledger[^1].Reason.ShouldContain("Look on the network");
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_once_and_both_calls_are_attempts()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the old text");
        rig.Channels.OnRefresh = _ => new RefreshOutcome.Refreshed(new() { AccessToken = "new" });
        rig.Network.OnEdit = _ => rig.Network.Edited.Count == 1 ? new PublishOutcome.AuthExpired("ended") : null;
        var after = (await EditAsync(rig, before, "the new text")).Unwrap();
        after.Attempts.TakeLast(2).Select(a => a.Outcome).ShouldBe(["authExpired", "edited"]);
    }

    [Fact]
    public async Task What_may_not_be_changed_is_refused_before_any_call()
    {
        await using var rig = Rig();
        var waiting = await rig.ScheduledAsync("not out yet", TimeSpan.FromDays(1));
        (await EditAsync(rig, await rig.ViewAsync(waiting), "x")).Problem!.Code.ShouldBe("not_published");
        var before = await PublishedAsync(rig, "the old text");
        (await EditAsync(rig, before, " ")).Problem!.Code.ShouldBe("text_required");
        (await EditAsync(rig, before, new string('x', 501))).Problem!.Code.ShouldBe("draft_invalid");
        (await Action(rig).RunAsync(rig.Caller, new(before.PostId, before.Id, "x", ExpectedVersion: before.Version - 1), default)).Problem!.Code.ShouldBe("version_mismatch");
        (await Action(rig).RunAsync(rig.Caller with { Role = Role.Viewer }, new(before.PostId, before.Id, "x"), default)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        (await Action(rig).RunAsync(rig.Caller, new("another post", before.Id, "x"), default)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        rig.Gate.Needed = true;
        (await EditAsync(rig, before, "unapproved")).Problem!.Code.ShouldBe("approval_required");
        rig.Gate.Needed = false;
        rig.Network.Capabilities = NetworkCapabilities.Threads;
        (await EditAsync(rig, before, "x")).Problem!.Code.ShouldBe("edit_unsupported");
        rig.Network.Edited.ShouldBeEmpty();
        (await rig.ViewAsync(before.PostId)).Version.ShouldBe(before.Version);
    }

    [Fact]
    public async Task The_same_text_is_no_call()
    {
        await using var rig = Rig();
        var before = await PublishedAsync(rig, "the text");
        (await EditAsync(rig, before, "the text")).Unwrap().Version.ShouldBe(before.Version);
        rig.Network.Edited.ShouldBeEmpty();
    }

    private static PublishingRig Rig()
    {
        var rig = new PublishingRig(new FakeClock());
        rig.Network.Capabilities |= NetworkCapabilities.Edit;
        return rig;
    }

    private static EditPublished Action(PublishingRig rig) => rig.Get<EditPublished>();

    private static Task<Result<PublicationView>> EditAsync(PublishingRig rig, PublicationView seen, string text) =>
        Action(rig).RunAsync(rig.Caller, new(seen.PostId, seen.Id, text, ExpectedVersion: seen.Version), default);

    private static Task<int> Settle(PublishingRig rig) => rig.Get<SettleEdits>().RunAsync(default);

    private static async Task<PublicationView> PublishedAsync(PublishingRig rig, string text, params string[] more)
    {
        await rig.StartAsync();
        var post = await rig.ScheduledAsync(text, TimeSpan.FromSeconds(1), more: more);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State is PublicationState.Published, Step, Most);
        await rig.StopAsync();
        return await rig.ViewAsync(post);
    }
}
