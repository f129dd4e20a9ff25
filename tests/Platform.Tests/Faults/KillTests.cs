using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>On the embedded engine.</summary>
public sealed class KillTests(FaultTemplate template) : KillTestsOf(template)
{
    private protected override FaultPlace Place => FaultPlace.Sqlite;
}

/// <summary>On the engine for several copies.</summary>
public sealed class MongoKillTests(FaultTemplate template) : KillTestsOf(template)
{
    private protected override FaultPlace Place => FaultPlace.Mongo;
}

/// <summary>T2 and T18: the real process, really killed at each point of a send (or asked to stop), started again, and checked against the network's own log.</summary>
public abstract class KillTestsOf(FaultTemplate template) : IClassFixture<FaultTemplate>
{
    private const int Posts = 50;
    private static readonly Dictionary<string, string> Patient = new() { ["Publishing__SendTimeoutSeconds"] = "20", ["Publishing__LeaseSeconds"] = "40" };

    private protected abstract FaultPlace Place { get; }

    [Theory]
    [InlineData(Failpoints.AfterDueRead, 1, 0)]
    [InlineData(Failpoints.AfterClaim, 1, 0)]
    [InlineData(Failpoints.BeforeIntent, 20, 16)]
    [InlineData(Failpoints.AfterIntent, 20, 16)]
    [InlineData(Failpoints.BeforeResult, 20, 16)]
    [InlineData(Failpoints.AfterResult, 20, 16)]
    public async Task A_process_killed_at(string point, int hit, int inDoubtAtMost)
    {
        using var run = await NewRunAsync();
        await using (var victim = run.Start($"{point}:{hit}")) { await victim.ExitedAsync(); }
        await RecoverAsync(run, inDoubtAtMost);
    }

    [Fact]
    public async Task A_process_killed_in_the_middle_of_a_request()
    {
        using var run = await NewRunAsync();
        await using (var victim = run.Start())
        {
            run.Sink.OnHeaders = () => { if (run.Sink.Calls.Count < 15) { return false; } victim.Kill(); return true; };
            await victim.ExitedAsync();
        }
        run.Sink.OnHeaders = () => false;
        await RecoverAsync(run, 16);
    }

    [Fact]
    public async Task A_process_killed_after_the_network_accepted_and_before_it_heard()
    {
        using var run = await NewRunAsync();
        await using (var victim = run.Start())
        {
            run.Sink.OnAccepted = () => { if (run.Sink.Accepted.Count < 15) { return false; } victim.Kill(); return true; };
            await victim.ExitedAsync();
        }
        run.Sink.OnAccepted = () => false;
        await RecoverAsync(run, 16);
    }

    [Fact]
    public async Task A_process_asked_to_stop_in_a_burst_finishes_what_is_out_within_ten_seconds_and_leaves_no_doubt()
    {
        using var run = await NewRunAsync();
        // Eight channels send two at a time: a call takes long enough that most of the fifty wait when the stop comes, and no call is cut by its own time limit.
        run.Sink.Latency = TimeSpan.FromSeconds(2);
        await using (var app = run.Start(more: Patient))
        {
            (await app.ClientAsync(template.AccessToken)).Dispose();
            await TestKit.Eventually.TrueAsync(() => run.Sink.Calls.Count >= 8, "the burst is under way");
            var (took, code) = await app.StopAsync();
            code.ShouldBe(0, app.Output);
            took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        }
        run.Sink.Calls.Count.ShouldBe(run.Sink.Accepted.Count);
        var between = await run.StoredAsync();
        between.ShouldAllBe(r => r.Publication.State == Published || r.Publication.State == Scheduled || (r.Publication.State == PublicationState.Publishing && !r.Publication.IsSending), "nothing is in doubt");
        between.Count(r => r.Publication.State == Scheduled).ShouldBeGreaterThan(0, "it was stopped in the middle");
        run.Sink.Latency = TimeSpan.FromMilliseconds(10);
        var stored = await RecoverAsync(run, 0);
        stored.SelectMany(r => r.Publication.Attempts).ShouldAllBe(a => a.Outcome == "published");
    }

    private Task<FaultRun> NewRunAsync() => template.NewRunAsync(Posts, TimeSpan.FromSeconds(2), place: Place);

    private static async Task<IReadOnlyList<PublicationRecord>> RecoverAsync(FaultRun run, int inDoubtAtMost)
    {
        await using (var app = run.Start())
        {
            await run.UntilAllAsync([Published, Unconfirmed], app);
            run.States().GetValueOrDefault(Unconfirmed).ShouldBeLessThanOrEqualTo(inDoubtAtMost);
            await run.UntilAllAsync([Published], app);
            await app.StopAsync();
        }
        var stored = await run.StoredAsync();
        InvariantChecker.Breaches(stored, run.Sink, []).ShouldBeEmpty();
        return stored;
    }
}
