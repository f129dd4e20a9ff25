using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Primitives;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Features.Publishing;

/// <summary>The state machine by itself: what is allowed where, and what holds after any sequence of events.</summary>
public sealed class PublicationTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly PublishingPolicy Policy = new();

    [Theory]
    [InlineData(Draft, null, null, null, "not_scheduled", "not_failed", "nothing_to_confirm")]
    [InlineData(Scheduled, null, null, null, null, "not_failed", "nothing_to_confirm")]
    [InlineData(PublicationState.Publishing, "already_sending", "already_sending", "already_sending", "already_sending", "already_sending", "nothing_to_confirm")]
    [InlineData(Published, "already_published", "already_published", "already_sending", "already_sending", "already_published", "nothing_to_confirm")]
    [InlineData(Unconfirmed, "already_sending", "already_sending", "already_sending", "already_sending", "needs_confirmation", null)]
    [InlineData(Held, null, null, null, "not_scheduled", null, "nothing_to_confirm")]
    [InlineData(Missed, null, null, null, "not_scheduled", null, "nothing_to_confirm")]
    [InlineData(Failed, null, null, null, "not_scheduled", null, "nothing_to_confirm")]
    [InlineData(Cancelled, null, null, null, "not_scheduled", null, "nothing_to_confirm")]
    public void Each_state_allows_what_it_should_and_refuses_the_rest_with_its_own_code(PublicationState state, string? schedule, string? cancel, string? edit, string? move, string? retry, string? confirm)
    {
        var it = In(state);
        it.State.ShouldBe(state);
        it.Schedule(Due(5), "Ada", Start).Problem?.Code.ShouldBe(schedule);
        (it.Schedule(Due(5), "Ada", Start).Problem?.Code, it.Cancel("Ada", Start).Problem?.Code, it.Edit(it.Content, null, "Ada", Start).Problem?.Code, it.Move(Due(5), "Ada", Start).Problem?.Code,
            it.Retry(Due(0), "Ada", Start).Problem?.Code, it.ConfirmThere(null, "Ada", Start).Problem?.Code).ShouldBe((schedule, cancel, edit, move, retry, confirm));
    }

    [Fact]
    public void A_claim_without_an_intent_can_be_cancelled_and_the_worker_has_lost_it()
    {
        var claimed = Claimed(In(Scheduled), 1);
        claimed.IsHeldBy("w", 1).ShouldBeTrue();
        var cancelled = claimed.Cancel("Ada", Start).Unwrap();
        (cancelled.State, cancelled.WakeAt, cancelled.IsHeldBy("w", 1)).ShouldBe((Cancelled, null, false));
    }

    [Fact]
    public void A_move_is_one_line_of_the_ledger_and_one_version()
    {
        var it = In(Scheduled);
        var moved = it.Move(Due(90), "Ada", Start).Unwrap();
        (moved.Revision, moved.Ledger.Count, moved.WakeAt, moved.Events).ShouldBe((it.Revision + 1, it.Ledger.Count + 1, Start.AddMinutes(90), it.Events));
        moved.Ledger[^1].Reason.ShouldStartWith("Moved from");
    }

    [Fact]
    public void Waits_grow_fourfold_up_to_a_quarter_of_an_hour_and_five_tries_fit_into_an_hour()
    {
        Enumerable.Range(1, 6).Select(n => Policy.Backoff(n, 0.5).TotalSeconds).ShouldBe([5, 20, 80, 320, 900, 900], tolerance: 0.001);
        Policy.Backoff(2, 0).ShouldBe(TimeSpan.FromSeconds(16));
        Enumerable.Range(1, 4).Sum(n => Policy.Backoff(n, 1).TotalSeconds).ShouldBeLessThan(3600);
    }

    [Fact]
    public void Not_there_is_believed_only_when_the_call_can_no_longer_arrive_and_the_network_had_its_time()
    {
        var lost = Sending(In(Scheduled)).Lost("reset", Policy, Start);
        lost.AbsenceCounts(Policy, Start + Policy.SendTimeout + Policy.Settle - TimeSpan.FromSeconds(1)).ShouldBeFalse();
        lost.AbsenceCounts(Policy, Start + Policy.SendTimeout + Policy.Settle).ShouldBeTrue();
    }

    [Fact]
    public void After_any_sequence_of_events_the_record_explains_itself()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            var (it, now) = (Publication.Create("p", new("c", "n", Content(random.Next(1, 4))), "Ada", Start).Clear(), Start);
            for (var step = 0; step < 25; step++)
            {
                var before = it;
                it = Step(it, random, now += TimeSpan.FromSeconds(random.Next(0, 400)));
                Holds(before, it, $"seed {seed}, step {step}");
            }
        }
    }

    private static void Holds(Publication before, Publication it, string where)
    {
        it.Ledger[^1].State.ShouldBe(it.State, where);
        if (!ReferenceEquals(before, it)) { it.Revision.ShouldBeGreaterThan(before.Revision, where); }
        if (before.State == Published) { it.ShouldBeSameAs(before, where); }
        if (it.State is Published or Failed or Cancelled or Missed or Draft) { (it.WakeAt, it.Lease).ShouldBe((null, null), where); }
        if (it.State is Scheduled) { it.WakeAt.ShouldNotBeNull(where); it.Sent.ShouldBeEmpty(where); }
        (it.State is Published).ShouldBe(it.Sent.Count == it.Content.Parts.Count, where);
        (it.Error is not null).ShouldBe(it.State is Failed or Held or Missed or Unconfirmed, $"{where}: {it.State} with {it.Error}");
        it.Attempts.Count(a => a.EndedAt is null).ShouldBeLessThanOrEqualTo(1, where);
        it.Attempts.Where(a => a.Outcome is "published" or "found").Select(a => a.Part).ShouldBe(Enumerable.Range(0, it.Sent.Count), where);
        it.Sent.Count.ShouldBeInRange(before.Sent.Count, before.Sent.Count + 1, where);
        it.Outbox.Count.ShouldBe((int)it.Events, where);
    }

    // One event, as it could really come in this state.
    private static Publication Step(Publication it, Random random, DateTimeOffset now)
    {
        if (it.IsSending) { return Answered(it, random, now); }
        if (it.State is Unconfirmed && random.Next(3) > 0)
        {
            return random.Next(3) switch { 0 => it.FoundThere(new("f", null, null), now), 1 => it.SendAgain(random.Next(2) == 0, Policy, now), _ => it.StillUnsure("?", Policy, now) };
        }
        var claimed = Claimed(it, it.Epoch + 1);
        if (random.Next(2) == 0 && claimed.MayIntend(now)) { return claimed.Intend(claimed.Lease!, now); }
        return Person(it, random, now);
    }

    private static Publication Answered(Publication it, Random random, DateTimeOffset now) => random.Next(9) switch
    {
        0 or 1 or 2 => it.PartOut(new("r", null, null), now),
        3 => it.Lost("reset", Policy, now),
        4 => it.NotAccepted("503", Policy, 0.5, now),
        5 => it.RateLimited(null, "429", Policy, 0.5, now),
        6 => it.Refused(new("bad", "no", "fix"), now),
        7 => it.Withdrawn(now),
        _ => it.Blocked("needsReconnect", new("gone", "gone", "reconnect"), now),
    };

    private static Publication Person(Publication it, Random random, DateTimeOffset now)
    {
        var result = random.Next(10) switch
        {
            0 or 1 => it.Schedule(Due((now - Start).TotalMinutes + random.Next(0, 10)), "Ada", now),
            2 => it.Cancel("Ada", now),
            3 => it.Unschedule("Ada", now),
            4 => it.Retry(Due((now - Start).TotalMinutes), "Ada", now),
            5 => it.ConfirmThere("https://x.test", "Ada", now),
            6 => it.ConfirmAbsent(Due((now - Start).TotalMinutes), "Ada", now),
            7 => it.Hold(new("paused", "paused", "resume"), "Ada", now),
            8 => it.Release(Policy.Grace, "Ada", now),
            _ => it.Move(Due((now - Start).TotalMinutes + 5), "Ada", now),
        };
        return result.Value ?? it;
    }

    private static Publication In(PublicationState state)
    {
        var draft = Publication.Create("p", new("c", "n", Content(1)), "Ada", Start).Clear();
        var scheduled = draft.Schedule(Due(0), "Ada", Start).Unwrap();
        return state switch
        {
            Draft => draft,
            Scheduled => scheduled,
            PublicationState.Publishing => Sending(scheduled),
            Published => Sending(scheduled).PartOut(new("r", null, null), Start),
            Unconfirmed => Sending(scheduled).Lost("reset", Policy, Start),
            Held => scheduled.Hold(new("paused", "paused", "resume"), "Ada", Start),
            Missed => scheduled.Miss("dispatcher", Start),
            Failed => Sending(scheduled).Refused(new("bad", "no", "fix"), Start),
            _ => scheduled.Cancel("Ada", Start).Unwrap(),
        };
    }

    private static Publication Claimed(Publication it, long epoch) => it with { Epoch = epoch, Lease = new("n", "w", Start.AddMinutes(1)) };

    private static Publication Sending(Publication it) { var claimed = Claimed(it, it.Epoch + 1); return claimed.Intend(claimed.Lease!, Start); }

    private static PublicationContent Content(int parts) => new() { Parts = [.. Enumerable.Range(0, parts).Select(i => new PublicationPart($"part {i}", []))] };

    private static DueTime Due(double minutes) => ScheduleClock.Resolve(Start.AddMinutes(minutes), "Etc/UTC").Unwrap().Due;
}
