using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

/// <summary>Failures around the call: storage, side steps, poison, lateness, stopping. T3, T4, T14, T18 of the fault list.</summary>
public sealed class RobustnessTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_result_that_cannot_be_stored_is_kept_until_it_can_and_the_call_is_not_repeated()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var post = await rig.ScheduledAsync("x", Second);
        rig.Store!.Refuses = record => record.Publication.Attempts is [{ EndedAt: not null }, ..];
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Network.Sink.Count == 1), Second, TimeSpan.FromMinutes(1));
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Fake.WaitingTimers > 0), Second, TimeSpan.FromSeconds(5));
        (await rig.ViewAsync(post)).State.ShouldBe(PublicationState.Publishing);
        rig.Store.Refuses = _ => false;
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, Hour);
        rig.Network.Sink.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_result_that_can_never_be_stored_by_its_worker_is_looked_up_after_the_lease()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var post = await rig.ScheduledAsync("x", Second);
        rig.Store!.Refuses = record => record.Publication.Attempts is [{ Outcome: "published" }];
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(2), Hour);
        (await rig.ViewAsync(post)).Attempts.Single().Outcome.ShouldBe("found");
        rig.Network.Sink.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_was_paused_past_its_right_to_send_sends_nothing()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var post = await rig.ScheduledAsync("x", TimeSpan.FromSeconds(10));
        // The relay has told of the scheduling: nothing else writes to the record any more.
        await Eventually.TrueAsync(async () => await rig.Get<IDocumentStore>().ForPlatform<PublicationRecord>(Caller.Platform).CountAsync(r => r.Publication.OutboxAt != null, default) == 0, "the outbox is empty");
        // The store takes the intent, and then the worker stands still for 25 s of its 60 s lease.
        using var still = new ManualResetEventSlim();
        using var goesOn = new ManualResetEventSlim();
        rig.Store!.Refuses = record =>
        {
            if (record.Publication.IsSending && !still.IsSet) { still.Set(); goesOn.Wait(TimeSpan.FromSeconds(20)); }
            return false;
        };
        await rig.AdvanceUntilAsync(() => Task.FromResult(still.IsSet), Second, TimeSpan.FromMinutes(1));
        rig.Fake.Advance(TimeSpan.FromSeconds(25));
        goesOn.Set();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, Second, Hour);
        (await rig.ViewAsync(post)).Attempts.Select(a => a.Outcome).ShouldBe(["withdrawn", "published"]);
        rig.Network.Sink.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_worker_that_comes_back_after_another_took_over_cannot_store_its_result()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var slow = new TaskCompletionSource();
        rig.Network.OnFind = _ => new LookupOutcome.Unsure("not yet");
        rig.Network.OnPublish = async (_, _, _) => { await slow.Task; return new PublishOutcome.Rejected("late", "late", "late"); };
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Unconfirmed, Second, Hour);
        slow.SetResult();
        (await rig.Quiet.UntilAsync(async () => (await rig.ViewAsync(post)).State != Unconfirmed)).ShouldBeFalse("the late result is refused");
        var view = await rig.ViewAsync(post);
        (view.State, view.Attempts.Single().Outcome).ShouldBe((Unconfirmed, "unknown"));
    }

    [Fact]
    public async Task A_side_step_that_fails_is_repeated_alone_and_never_touches_the_publication()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        var failures = 3;
        rig.Changes.Fails = change => change.To == Published && Interlocked.Decrement(ref failures) >= 0;
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Changes.Heard.Count(c => c.To == Published) == 4), Second, Hour);
        (await rig.ViewAsync(post)).State.ShouldBe(Published);
        rig.Network.Sink.Count.ShouldBe(1);
        rig.OtherChanges.Heard.Count(c => c.To == Published).ShouldBe(1, "the other observer was told and is left alone");
        rig.Changes.Heard.Where(c => c.To == Published).Select(c => c.EventId).Distinct().Count().ShouldBe(1, "a repeat carries the same event id");
        rig.Changes.Heard.Select(c => c.To).Distinct().ShouldBe([Scheduled, Published], "in order");
    }

    [Fact]
    public async Task Poison_is_set_aside_where_it_can_be_seen_and_the_others_go_out_on_time()
    {
        await using var rig = new PublishingRig(new FakeClock());
        var posts = new List<string>();
        for (var i = 0; i < 20; i++) { posts.Add(await rig.ScheduledAsync($"{i}", Second, $"c{i}")); }
        var broken = await rig.ScheduledAsync("broken", Second, "broken");
        var (long_, unreadable, throws) = (await rig.ScheduledAsync("long", Second, "long"), await rig.ScheduledAsync("unreadable", Second, "unreadable"), await rig.ScheduledAsync("throws", Second, "throws"));
        var all = rig.Get<IDocumentStore>().ForPlatform<PublicationRecord>(Caller.Platform);
        var huge = new PublicationContent { Parts = [new(new string('x', 1_000_000), [])] };
        await all.UpdateManyAsync(r => r.Publication.PostId == long_, new Update<PublicationRecord>().Set(r => r.Publication.Content, huge).Set(r => r.Publication.ClearedFor, huge.Fingerprint()), default);
        await all.UpdateManyAsync(r => r.Publication.PostId == broken, new Update<PublicationRecord>().Set(r => r.Publication.Content, null!), default);
        rig.Execute($"UPDATE publications SET body = json_set(body, '$.publication.strikes', 'nonsense') WHERE json_extract(body, '$.publication.postId') = '{unreadable}'");
        rig.Network.OnPublish = (connection, _, _) => connection.ChannelId == "throws" ? throw new InvalidOperationException("a bug") : Task.FromResult<PublishOutcome?>(null);
        await rig.StartAsync();
        await rig.AdvanceUntilAsync(async () => (await Task.WhenAll(posts.Select(rig.ViewAsync))).All(v => v.State == Published), Second, TimeSpan.FromSeconds(30));
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(long_)).State == Failed && (await rig.ViewAsync(throws)).State == Unconfirmed, Second, TimeSpan.FromMinutes(1));
        (await rig.ViewAsync(long_)).Error!.Code.ShouldBe("text_too_long");
        (await rig.ViewAsync(throws)).State.ShouldBe(Unconfirmed, "it threw after the intent: nobody knows what left");
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(broken)).State == Failed, Second, TimeSpan.FromMinutes(5));
        (await rig.ViewAsync(broken)).Error!.Code.ShouldBe("internal_error");
        (await rig.ViewAsync(broken)).Attempts.ShouldBeEmpty();
        (await all.CountAsync(r => r.Publication.PostId == unreadable && r.Publication.State == Failed && r.Publication.WakeAt == null, default)).ShouldBe(1);
    }

    [Fact]
    public async Task What_could_not_be_sent_for_longer_than_the_grace_time_is_missed_and_not_sent_in_a_burst()
    {
        await using var rig = new PublishingRig(new FakeClock());
        var (late, fresh) = (await rig.ScheduledAsync("late", Second), await rig.ScheduledAsync("fresh", TimeSpan.FromHours(6) - TimeSpan.FromMinutes(5)));
        rig.Fake.Advance(TimeSpan.FromHours(6));
        await rig.StartAsync();
        await rig.UntilAsync(late, Missed);
        await rig.UntilAsync(fresh, Published);
        rig.Network.Texts.ShouldBe(["fresh"]);
    }

    [Fact]
    public async Task The_posts_of_a_suspended_organization_wait_quietly_and_go_on_when_it_is_active_again()
    {
        await using var rig = await new PublishingRig(new FakeClock()).StartAsync();
        rig.Organizations.Suspended[rig.Caller.OrganizationId] = true;
        var post = await rig.ScheduledAsync("x", Second);
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Held, Second, TimeSpan.FromMinutes(1));
        await rig.AdvanceUntilAsync(() => Task.FromResult(rig.Clock.GetUtcNow().Minute >= 18), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30));
        (await rig.ViewAsync(post)).Ledger.Count.ShouldBe(3, "waiting leaves no lines");
        rig.Organizations.Suspended.Clear();
        await rig.AdvanceUntilAsync(async () => (await rig.ViewAsync(post)).State == Published, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Stopping_in_a_burst_finishes_what_is_out_and_leaves_the_rest_for_the_next_process()
    {
        var directory = Directory.CreateTempSubdirectory("publishing-drain-").FullName;
        var posts = new List<string>();
        Caller caller;
        int before;
        await using (var first = await new PublishingRig(TimeProvider.System, directory).StartAsync())
        {
            caller = first.Caller;
            first.Network.OnPublish = async (_, _, _) => { await Task.Delay(150, CancellationToken.None); return null; };
            for (var i = 0; i < 80; i++) { posts.Add(await first.WriteAsync($"{i}", [$"c{i % 40}"])); }
            foreach (var post in posts) { await first.ScheduleAsync(post, TimeSpan.Zero); }
            await Eventually.TrueAsync(() => first.Network.Calls.Count >= 10, "a burst is under way");
            await first.StopAsync();
            before = first.Network.Sink.Count;
            before.ShouldBe(first.Network.Calls.Count, "whatever was begun was finished");
        }
        await using var second = await new PublishingRig(TimeProvider.System, directory).StartAsync();
        var views = await Eventually.ValueAsync(async () =>
        {
            var found = await second.Get<IPublishing>().OfPostsAsync(caller, posts, default);
            return found.Values.All(v => v.Single().State == Published) ? found.Values.Select(v => v.Single()).ToList() : null;
        }, "all are out");
        views.ShouldAllBe(v => v.Attempts.Count == 1);
        (before + second.Network.Sink.Count).ShouldBe(80);
        Directory.Delete(directory, recursive: true);
    }
}
