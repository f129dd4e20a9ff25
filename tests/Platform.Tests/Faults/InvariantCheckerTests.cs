using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;
using Platform.Primitives;

namespace Platform.Tests.Faults;

/// <summary>The checker itself: a clean run passes, and every planted breach is found and named.</summary>
public sealed class InvariantCheckerTests
{
    private static readonly DateTimeOffset Due = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_clean_run_has_no_breach() => Breaches(Published(), run => Accept(run, "0", "one", null, "s1")).ShouldBeEmpty();

    [Fact]
    public void A_clean_thread_has_no_breach() => Breaches(Thread(), run => { Accept(run, "0", "one", null, "s1"); Accept(run, "1", "two", "s1", "s2"); }).ShouldBeEmpty();

    [Fact]
    public void I1_something_left_behind_is_found() => Finds("I1", Scheduled(), _ => { });

    [Fact]
    public void I2_a_second_accept_is_found() => Finds("I2", Published(), run => { Accept(run, "0", "one", null, "s1"); Accept(run, "0", "one", null, "s2"); });

    [Fact]
    public void I3_a_call_without_its_attempt_is_found() => Finds("I3", Published(), run => { Accept(run, "0", "one", null, "s1"); run.Calls.Enqueue(($"{Id}-0", Due)); });

    [Fact]
    public void I3_a_call_that_nobody_made_is_found() => Finds("I3", Published(), run => { Accept(run, "0", "one", null, "s1"); run.Calls.Enqueue(("stranger-0", Due)); });

    [Fact]
    public void I4_an_early_call_is_found() => Finds("I4", Published(), run => Accept(run, "0", "one", null, "s1", Due.AddMilliseconds(-1)));

    [Fact]
    public void I5_a_cancel_that_was_not_obeyed_is_found() => Finds("I5", Published(), run => Accept(run, "0", "one", null, "s1"), Id);

    [Fact]
    public void I5_a_call_after_the_cancel_is_found_also_where_nothing_came_of_it() => Finds("I5", CancelledAt(10), run => run.Calls.Enqueue(($"{Id}-0", Due.AddSeconds(11))), Id);

    [Fact]
    public void I5_a_cancelled_post_that_was_accepted_is_found_whenever_that_was() => Finds("I5", CancelledAt(10), run => Accept(run, "0", "one", null, "s1", Due.AddSeconds(1)), Id);

    [Fact]
    public void I5_a_call_that_was_refused_before_the_cancel_is_no_breach_of_it() =>
        Breaches(CancelledAt(10), run => run.Calls.Enqueue(($"{Id}-0", Due.AddSeconds(1))), Id).ShouldNotContain(b => b.Contains("I5", StringComparison.Ordinal));

    [Fact]
    public void I6_a_part_under_the_wrong_one_is_found() => Finds("I6", Thread(), run => { Accept(run, "0", "one", null, "s1"); Accept(run, "1", "two", "other", "s2"); });

    [Fact]
    public void I7_another_channel_is_found() => Finds("I7", Published(), run => Accept(run, "0", "one", null, "s1", channel: "another"));

    [Fact]
    public void I8_a_state_that_its_ledger_does_not_explain_is_found() => Finds("I8", Published() with { State = PublicationState.Failed }, run => Accept(run, "0", "one", null, "s1"));

    [Fact]
    public void I8_a_post_that_is_out_and_not_known_here_is_found() => Finds("I8", Sending().Refused(new("x", "x", "x"), Due), run => Accept(run, "0", "one", null, "s1"));

    [Fact]
    public void I8_published_without_being_there_is_found() => Finds("I8", Published(), _ => { });

    private const string Id = "0198f0f0f0f0f0f0f0f0f0f0f0f0f0f0";

    private static void Finds(string invariant, Publication publication, Action<SinkRun> network, params string[] cancelled) =>
        Breaches(publication, network, cancelled).ShouldContain(b => b.Contains(invariant, StringComparison.Ordinal));

    private static IReadOnlyList<string> Breaches(Publication publication, Action<SinkRun> network, params string[] cancelled)
    {
        var run = new SinkRun();
        network(run);
        return InvariantChecker.Breaches([new PublicationRecord { Id = Id, OrganizationId = Ids.New(), Publication = publication }], run, cancelled);
    }

    private static void Accept(SinkRun run, string part, string text, string? parent, string id, DateTimeOffset? at = null, string channel = "c")
    {
        if (run.Accepted.All(a => a.Key != $"{Id}-{part}")) { run.Calls.Enqueue(($"{Id}-{part}", at ?? Due)); }
        run.Accepted.Enqueue(new($"{Id}-{part}", text, parent, channel, at ?? Due, id));
    }

    private static Publication CancelledAt(int seconds) => Scheduled().Cancel("t", Due.AddSeconds(seconds)).Unwrap();

    private static Publication Scheduled(params string[] more) =>
        Publication.Create("p", new("c", "n", new() { Parts = [.. ((string[])["one", .. more]).Select(t => new PublicationPart(t, []))] }), "t", Due)
            .Clear().Schedule(ScheduleClock.Resolve(Due, "Etc/UTC").Unwrap().Due, "t", Due).Unwrap();

    private static Publication Sending(params string[] more) => Scheduled(more).Intend(new("n", "w", Due.AddMinutes(1)), Due);

    private static Publication Published() => Sending().PartOut(new("s1", null, null), Due);

    private static Publication Thread() => Sending("two").PartOut(new("s1", null, null), Due).Intend(new("n", "w", Due.AddMinutes(1)), Due).PartOut(new("s2", null, null), Due);
}
