using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Jobs;
using Platform.Features.Publishing.Store;
using Platform.Primitives;

namespace Platform.Tests.Features.Publishing;

public sealed class DispatchQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nothing_starts_before_its_time()
    {
        var queue = new DispatchQueue(new(4, 4, 4));
        queue.Add([Work("o", "c", 5)]);
        queue.Take(Now).ShouldBeNull();
        queue.NextStart(Now).ShouldBe(Now.AddSeconds(5));
        queue.Take(Now.AddSeconds(5)).ShouldNotBeNull();
    }

    [Fact]
    public void A_noisy_organization_does_not_keep_others_waiting()
    {
        var queue = new DispatchQueue(new(8, 6, 6));
        queue.Add(Enumerable.Range(0, 30).Select(i => Work("noisy", $"n{i}", -10)));
        queue.Add([Work("small", "s", -1)]);
        var taken = Enumerable.Range(0, 8).Select(_ => queue.Take(Now)).ToList();
        taken.Take(2).ShouldContain(w => w!.ChannelId == "s", "whoever has nothing running goes first, though later due");
        taken.Count(w => w is not null && w.ChannelId != "s").ShouldBe(6, "an organization has its limit");
    }

    [Fact]
    public void A_channel_runs_no_more_than_its_limit_and_the_place_goes_to_the_next_when_one_ends()
    {
        var queue = new DispatchQueue(new(8, 8, 2));
        queue.Add(Enumerable.Range(0, 5).Select(_ => Work("o", "c", 0)));
        var first = queue.Take(Now)!;
        queue.Take(Now).ShouldNotBeNull();
        queue.Take(Now).ShouldBeNull();
        queue.Finish(first);
        queue.Take(Now).ShouldNotBeNull();
        queue.Running.ShouldBe(2);
    }

    [Fact]
    public void A_channel_with_a_backlog_is_left_out_of_claims_until_it_has_drained()
    {
        var queue = new DispatchQueue(new(8, 8, 1));
        queue.Add(Enumerable.Range(0, 8).Select(_ => Work("o", "c", 0)));
        queue.BlockedChannels.ShouldBe(["c"]);
        for (var i = 0; i < 3; i++) { queue.Finish(queue.Take(Now)!).ShouldBeFalse("half of it must go first"); }
        queue.Finish(queue.Take(Now)!).ShouldBeTrue("it may be claimed again");
        queue.BlockedChannels.ShouldBeEmpty();
    }

    [Fact]
    public void A_paused_channel_gives_back_what_waits_and_is_left_out_until_its_time()
    {
        var queue = new DispatchQueue(new(8, 8, 8));
        queue.Add([Work("o", "c", 0), Work("o", "c", 0), Work("o", "d", 0)]);
        queue.Pause("c", Now.AddSeconds(30)).Count.ShouldBe(2);
        queue.BlockedChannels.ShouldBe(["c"]);
        queue.Take(Now)!.ChannelId.ShouldBe("d");
        queue.Resume(Now.AddSeconds(29)).ShouldBeFalse();
        queue.Resume(Now.AddSeconds(30)).ShouldBeTrue();
        queue.BlockedChannels.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_saturated_while_one_whose_time_has_come_waits_for_a_free_place()
    {
        var queue = new DispatchQueue(new(2, 2, 2));
        queue.Add([Work("o", "c", 0), Work("o", "d", 0), Work("o", "e", 5)]);
        var first = queue.Take(Now)!;
        queue.Take(Now).ShouldNotBeNull();
        queue.IsSaturated(Now).ShouldBeFalse("the third is not due yet");
        queue.IsSaturated(Now.AddSeconds(5)).ShouldBeTrue();
        queue.Finish(first);
        queue.IsSaturated(Now.AddSeconds(5)).ShouldBeFalse("there is a free place");
    }

    [Fact]
    public void What_is_forgotten_when_all_of_a_channel_has_ended_is_counted_afresh()
    {
        var queue = new DispatchQueue(new(8, 8, 1));
        for (var round = 0; round < 3; round++)
        {
            queue.Add([Work("o", "c", 0)]);
            queue.Finish(queue.Take(Now)!);
        }
        queue.Running.ShouldBe(0);
        queue.BlockedChannels.ShouldBeEmpty();
        queue.BlockedOrganizations.ShouldBeEmpty();
    }

    private static ClaimedPublication Work(string organization, string channel, int seconds)
    {
        var due = ScheduleClock.Resolve(Now.AddSeconds(seconds), "Etc/UTC").Unwrap().Due;
        var publication = Publication.Create("p", new(channel, "n", new() { Parts = [new("x", [])] }), "t", Now).Clear().Schedule(due, "t", Now).Unwrap();
        return new(new PublicationRecord { OrganizationId = organization, Publication = publication });
    }
}
