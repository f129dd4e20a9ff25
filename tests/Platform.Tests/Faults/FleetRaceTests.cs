using Platform.Features.Publishing.Contracts;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>T9 and T18: several real copies of the app on one database. Each post leaves once, whoever is paused, killed or asked to stop.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetRaceTests(FleetGround ground)
{
    private static readonly Dictionary<string, string> Patient = new() { ["Publishing__SendTimeoutSeconds"] = "20", ["Publishing__LeaseSeconds"] = "40" };

    [Theory]
    [InlineData(2, 1000)]
    [InlineData(5, 1000)]
    public async Task T9_copies_race_on_posts_that_are_due_at_once(int copies, int posts)
    {
        await using var fleet = await ground.NewFleetAsync();
        // Leases that outlast the burst: then whoever sends twice, or twice claims, does so without an excuse.
        await fleet.StartAsync(copies, Patient);
        var due = await fleet.ScheduleAsync(posts);
        await fleet.UntilAllAsync([Published], 120);
        var stored = await fleet.CheckAsync(posts);
        stored.Count(r => r.Publication.Attempts.Count > 1).ShouldBe(0, "nobody had to try twice");
        stored.Count(r => r.Publication.Epoch > 1 + r.Publication.Attempts.Count).ShouldBe(0, "nobody claimed what another had");
        fleet.Sink.Accepted.Count.ShouldBe(posts);
        fleet.Lateness(due).Count.ShouldBe(posts, "none was early");
    }

    [Fact]
    public async Task T9_a_copy_that_stood_still_past_its_lease_sends_nothing_when_it_wakes()
    {
        const int Posts = 150;
        await using var fleet = await ground.NewFleetAsync();
        await fleet.StartAsync(1);
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(250);
        await fleet.ScheduleAsync(Posts);
        // Alone it claims what it can hold; then it stands still with calls out and claims in hand, and another takes all of it over.
        await TestKit.Eventually.TrueAsync(() => fleet.Sink.Accepted.Count >= 20, "the burst is under way");
        fleet.Copies[0].Pause();
        var atPause = fleet.Sink.Accepted.Count;
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(10);
        await fleet.Start().ListeningAsync();
        await fleet.UntilAllAsync([Published], 90);
        atPause.ShouldBeLessThan(Posts, "it was stopped in the middle");
        fleet.Copies[0].Continue();
        await fleet.SaidAsync(fleet.Copies[0], "no longer counts");
        (await fleet.Copies[0].StopAsync()).Code.ShouldBe(0);
        (await fleet.CheckAsync(Posts)).Count(r => r.Publication.Epoch > 1).ShouldBeGreaterThan(0, "claims were taken over");
    }

    [Fact]
    public async Task T9_one_of_five_copies_that_stood_still_past_its_lease_sends_nothing_when_it_wakes()
    {
        const int Posts = 400;
        using var way = new CuttingProxy(TestServers.Require("MONGODB_URI"));
        await using var fleet = await ground.NewFleetAsync();
        await fleet.StartAsync(5, new Dictionary<string, string> { ["Storage__MongoUri"] = way.Uri });
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(400);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fleet.Sink.OnHeaders = () =>
        {
            if (fleet.Sink.Calls.Count >= 20 && !held.Task.IsCompleted) { way.HoldsAnswers = true; held.TrySetResult(); }
            return false;
        };
        await fleet.ScheduleAsync(Posts);
        await held.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // All share the burst. The one is stopped that has stored the most intents whose calls are not out: it hears that they are stored when it wakes, after its lease.
        var called = fleet.Sink.Calls.Select(c => c.Key).ToHashSet();
        var intents = (await fleet.StoredAsync()).Where(r => r.Publication is { IsSending: true, Lease: not null } && !called.Contains($"{r.Id}-0")).ToLookup(r => r.Publication.Lease!.Node);
        var stopped = fleet.Copies.MaxBy(c => intents[fleet.NodeOf(c)].Count())!;
        intents[fleet.NodeOf(stopped)].ShouldNotBeEmpty();
        stopped.Pause();
        way.HoldsAnswers = false;
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(10);
        await fleet.UntilAllAsync([Published], 90);
        stopped.Continue();
        await fleet.SaidAsync(stopped, "no longer counts");
        (await stopped.StopAsync()).Code.ShouldBe(0);
        (await fleet.CheckAsync(Posts)).Count(r => r.Publication.Epoch > 1).ShouldBeGreaterThan(0, "claims were taken over");
    }

    [Fact]
    public async Task T9_a_copy_killed_on_a_shared_folder_frees_its_own_claims_and_nobody_elses()
    {
        const int Posts = 60;
        await using var fleet = await ground.NewFleetAsync();
        var folder = fleet.NewFolder();
        fleet.Sink.Latency = TimeSpan.FromSeconds(1);
        fleet.Start(Patient, folder);
        fleet.Start(Patient, folder);
        await Task.WhenAll(fleet.Copies.Select(c => c.ListeningAsync()));
        await fleet.ScheduleAsync(Posts);
        await TestKit.Eventually.TrueAsync(() => fleet.Sink.Calls.Count >= 20, "the burst is under way");
        fleet.Copies[0].Kill();
        await fleet.Copies[0].ExitedAsync();
        // The lease is forty seconds: only what is freed at the start is done sooner.
        fleet.Start(Patient, folder);
        await fleet.UntilAllAsync([Published, Unconfirmed], 30);
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(10);
        fleet.Copies[1].Output.ShouldNotContain("no longer counts");
        await fleet.UntilAllAsync([Published], 60);
        await fleet.CheckAsync(Posts);
    }

    [Fact]
    public async Task T18_one_of_two_copies_is_asked_to_stop_in_a_burst_and_nothing_is_in_doubt()
    {
        const int Posts = 120;
        await using var fleet = await ground.NewFleetAsync();
        await fleet.StartAsync(2, Patient);
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(700);
        await fleet.ScheduleAsync(Posts);
        await TestKit.Eventually.TrueAsync(() => fleet.Sink.Calls.Count >= 16, "the burst is under way");
        var (took, code) = await fleet.Copies[0].StopAsync();
        code.ShouldBe(0, fleet.Copies[0].Output);
        took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        fleet.Copies[0].Output.ShouldNotContain("were still out at the end");
        (await fleet.CountAsync(Unconfirmed)).ShouldBe(0);
        (await fleet.CountAsync(Scheduled)).ShouldBeGreaterThan(0, "it was stopped in the middle");
        await fleet.UntilAllAsync([Published], 60);
        (await fleet.CheckAsync(Posts)).SelectMany(r => r.Publication.Attempts).ShouldAllBe(a => a.Outcome == "published");
    }
}
