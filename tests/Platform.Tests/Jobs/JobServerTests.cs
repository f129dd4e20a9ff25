using Microsoft.Extensions.DependencyInjection;
using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Jobs.Workers;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Jobs;

public sealed class JobServerTests : IAsyncDisposable
{
    private readonly JobsHarness _jobs = new();
    private readonly TaskCompletionSource _gate = new();

    public ValueTask DisposeAsync() { _gate.TrySetResult(); return _jobs.DisposeAsync(); }

    [Fact]
    public async Task A_job_of_a_server_that_died_is_taken_over_when_its_lease_ends()
    {
        _jobs.Options = JobsHarness.ShortLeases;
        _jobs.Probe.Work = (_, context, token) => context.Attempt == 1 ? _gate.Task.WaitAsync(token) : Task.CompletedTask;
        var dies = await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("important");
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count == 1, "it runs");
        var lease = (await _jobs.JobAsync(id)).LeaseUntil!.Value;
        await dies.CrashAsync();

        await _jobs.StartAsync();
        await _jobs.AdvanceUntilAsync(id, JobState.Succeeded);
        _jobs.Probe.Runs.Count.ShouldBe(2);
        _jobs.Probe.Runs[1].Attempt.ShouldBe(2);
        _jobs.Probe.Runs[1].At.ShouldBeGreaterThanOrEqualTo(lease);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // a restarted container: the new process has the old one's number
    public async Task What_a_dead_process_of_this_machine_ran_is_taken_over_at_once(bool sameNumber)
    {
        var now = _jobs.Clock.GetUtcNow();
        var dead = new ServerRecord { Machine = Environment.MachineName, ProcessId = sameNumber ? Environment.ProcessId : int.MaxValue, ProcessMark = "another", StartedAt = now, SeenAt = now, Queues = [] };
        await _jobs.Documents.ForPlatform<ServerRecord>(Caller.Platform).InsertAsync(dead, CancellationToken.None);
        var id = await _jobs.EnqueueAsync("left behind");
        (await _jobs.Store.ClaimAsync("test", -1, dead.Id, now, TimeSpan.FromSeconds(30)))!.Id.ShouldBe(id);

        await _jobs.StartAsync(); // the clock stands still: no lease ends
        await _jobs.UntilAsync(id, JobState.Succeeded);
        _jobs.Probe.Runs.ShouldHaveSingleItem().Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_job_that_kills_its_server_every_time_ends_as_a_dead_letter()
    {
        _jobs.Options = JobsHarness.ShortLeases;
        var id = await _jobs.EnqueueAsync("poison");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            (await _jobs.Store.ClaimAsync("test", -1, $"server-{attempt}", _jobs.Clock.GetUtcNow(), TimeSpan.FromSeconds(30))).ShouldNotBeNull();
            _jobs.Clock.Advance(TimeSpan.FromSeconds(31));
            await RecoverAsync();
        }
        var job = await _jobs.JobAsync(id);
        (job.State, job.Attempt).ShouldBe((JobState.Dead, 3));
        job.Error.ShouldNotBeNull().ShouldContain("went away");
    }

    [Fact]
    public async Task A_heartbeat_keeps_a_long_job_with_its_server()
    {
        _jobs.Options = JobsHarness.ShortLeases;
        _jobs.Probe.Work = (_, _, token) => _gate.Task.WaitAsync(token);
        await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("long");
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count == 1, "it runs");
        await _jobs.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            // Asleep are, in each server, the clock, the heartbeat and two pumps, and the run's own timeout.
            await Eventually.TrueAsync(() => _jobs.Clock.WaitingTimers == 9, "all loops asleep");
            _jobs.Clock.Advance(TimeSpan.FromSeconds(10));
            await Eventually.TrueAsync(async () => (await _jobs.JobAsync(id)).LeaseUntil == _jobs.Clock.GetUtcNow().AddSeconds(30), "lease renewed");
        }
        _gate.SetResult();
        await _jobs.UntilAsync(id, JobState.Succeeded);
        _jobs.Probe.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_machine_that_slept_keeps_what_it_runs()
    {
        _jobs.Options = JobsHarness.ShortLeases;
        _jobs.Probe.Work = (_, _, token) => _gate.Task.WaitAsync(token);
        await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("open lid");
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count == 1, "it runs");
        _jobs.Clock.Step(TimeSpan.FromMinutes(5)); // no timer fires: neither heartbeat nor timeout
        _jobs.Queue.Wake();
        await Eventually.TrueAsync(async () => (await _jobs.JobAsync(id)).LeaseUntil > _jobs.Clock.GetUtcNow(), "lease kept");
        _gate.SetResult();
        await _jobs.UntilAsync(id, JobState.Succeeded);
        _jobs.Probe.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_lost_its_lease_changes_nothing()
    {
        var id = await _jobs.EnqueueAsync("contested");
        var now = _jobs.Clock.GetUtcNow();
        var slow = await _jobs.Store.ClaimAsync("test", -1, "slow", now, TimeSpan.FromSeconds(30));
        (await _jobs.Store.LeaveAsync(slow!, JobChanges.Retry("lost", now, now))).ShouldNotBeNull();
        var quick = await _jobs.Store.ClaimAsync("test", -1, "quick", now, TimeSpan.FromSeconds(30));

        (await _jobs.Store.LeaveAsync(slow!, JobChanges.Succeed(now, now))).ShouldBeNull();
        (await _jobs.Store.ReportAsync(slow!, 0.9, "still here", CancellationToken.None)).ShouldBeFalse();
        var job = await _jobs.JobAsync(id);
        (job.State, job.Server, job.Epoch).ShouldBe((JobState.Running, "quick", quick!.Epoch));
    }

    [Fact]
    public async Task On_stop_a_running_job_may_finish_and_nothing_new_is_begun()
    {
        _jobs.Options = o => o.Queues["test"] = new QueueOptions { Concurrency = 1 };
        _jobs.Probe.Work = (_, _, _) => _gate.Task;
        var server = await _jobs.StartAsync();
        var running = await _jobs.EnqueueAsync("running");
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count == 1, "it runs");
        var waiting = await _jobs.EnqueueAsync("waiting");
        var stop = server.StopAsync(CancellationToken.None);
        _gate.SetResult();
        await stop.WaitAsync(TimeSpan.FromSeconds(30));
        (await _jobs.JobAsync(running)).State.ShouldBe(JobState.Succeeded);
        (await _jobs.JobAsync(waiting)).State.ShouldBe(JobState.Ready);
        (await _jobs.Monitor.ServersAsync(Caller.Platform, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task On_stop_a_job_that_takes_too_long_is_handed_back_and_loses_no_attempt()
    {
        var runs = 0;
        _jobs.Probe.Work = (_, _, token) => Interlocked.Increment(ref runs) == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var server = await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("long");
        await Eventually.TrueAsync(() => runs == 1, "it runs");
        var stop = server.StopAsync(CancellationToken.None);
        await _jobs.AdvanceUntilAsync(() => Task.FromResult(stop.IsCompleted), "stopped");
        var back = await _jobs.JobAsync(id);
        (back.State, back.Attempt, back.Error).ShouldBe((JobState.Ready, 0, null));

        await _jobs.StartAsync();
        await _jobs.UntilAsync(id, JobState.Succeeded);
        _jobs.Probe.Runs.Select(r => r.Attempt).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_waiting_job_that_is_cancelled_never_runs()
    {
        var id = await _jobs.EnqueueAsync("regretted", options: new JobOptions { RunAt = _jobs.Clock.GetUtcNow().AddMinutes(1) });
        (await _jobs.Queue.CancelAsync(Caller.Platform, id)).ShouldBeTrue();
        (await _jobs.Queue.CancelAsync(Caller.Platform, id)).ShouldBeFalse();
        await _jobs.StartAsync();
        var control = await _jobs.EnqueueAsync("control", options: new JobOptions { RunAt = _jobs.Clock.GetUtcNow().AddMinutes(2) });
        await _jobs.AdvanceUntilAsync(control, JobState.Succeeded);
        _jobs.Probe.Runs.ShouldHaveSingleItem().Text.ShouldBe("control");
        (await _jobs.JobAsync(id)).State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task A_running_job_that_is_cancelled_gets_its_token_cancelled()
    {
        _jobs.Probe.Work = (_, _, token) => Task.Delay(Timeout.Infinite, token);
        await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("stop me");
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count == 1, "it runs");
        (await _jobs.Queue.CancelAsync(Caller.Platform, id)).ShouldBeTrue();
        await _jobs.UntilAsync(id, JobState.Cancelled);
    }

    [Fact]
    public async Task A_cancellation_whose_signal_was_lost_arrives_with_the_heartbeat()
    {
        _jobs.Probe.Work = (_, _, token) => Task.Delay(Timeout.Infinite, token);
        await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("stop me");
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count == 1, "it runs");
        await _jobs.Jobs.UpdateOneAsync(j => j.Id == id, new Update<StoredJob>().Set(j => j.CancelRequested, true));
        await _jobs.AdvanceUntilAsync(id, JobState.Cancelled);
    }

    [Fact]
    public async Task An_organization_cannot_cancel_the_job_of_another()
    {
        var (mine, other) = (Ids.New(), Ids.New());
        var id = await _jobs.EnqueueAsync("mine", mine);
        (await _jobs.Queue.CancelAsync(Caller.System(other), id)).ShouldBeFalse();
        (await _jobs.Queue.CancelAsync(Caller.Anonymous, id)).ShouldBeFalse();
        (await _jobs.JobAsync(id)).State.ShouldBe(JobState.Ready);
        (await _jobs.Queue.CancelAsync(Caller.System(mine), id)).ShouldBeTrue();
    }

    private Task RecoverAsync() => _jobs.Front.GetRequiredService<JobClock>().TickAsync(CancellationToken.None);
}
