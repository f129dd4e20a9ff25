using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Jobs;

public sealed class JobMonitorTests : IAsyncDisposable
{
    private readonly JobsHarness _jobs = new();
    private readonly Caller _staff = new() { Kind = CallerKind.Staff, StaffRole = StaffRole.Technical };

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Each_list_holds_the_jobs_of_its_state_and_the_queues_count_them()
    {
        var now = _jobs.Clock.GetUtcNow();
        foreach (var state in Enum.GetValues<JobState>()) { await _jobs.Store.InsertAsync(Job(state, now), CancellationToken.None); }
        await _jobs.Store.InsertAsync(Job(JobState.Succeeded, now) with { EndedAt = now.AddDays(-2) }, CancellationToken.None);

        var expected = new Dictionary<JobList, JobState>
        {
            [JobList.Ready] = JobState.Ready, [JobList.Scheduled] = JobState.Scheduled, [JobList.Processing] = JobState.Running, [JobList.Retries] = JobState.Retrying,
            [JobList.Dead] = JobState.Dead, [JobList.Cancelled] = JobState.Cancelled,
        };
        foreach (var (list, state) in expected) { (await ListAsync(list)).Items.ShouldHaveSingleItem().State.ShouldBe(state); }
        (await ListAsync(JobList.Succeeded)).Items.Count.ShouldBe(2);
        (await ListAsync(JobList.Failed)).Items.Select(j => j.State).ShouldBe([JobState.Retrying, JobState.Dead], ignoreOrder: true);
        (await ListAsync(JobList.Failed)).Items.ShouldAllBe(j => j.Error == "it broke");

        var queues = await _jobs.Monitor.QueuesAsync(_staff, CancellationToken.None);
        queues.Select(q => q.Queue).ShouldBe(["clock", "test"]);
        queues[1].Counts.ShouldBe(Enum.GetValues<JobState>().ToDictionary(s => s, _ => 1L), ignoreOrder: true);
    }

    [Fact]
    public async Task Lists_page_by_cursor_and_by_queue()
    {
        var now = _jobs.Clock.GetUtcNow();
        foreach (var i in Enumerable.Range(0, 5)) { await _jobs.Store.InsertAsync(Job(JobState.Ready, now.AddSeconds(i)) with { Queue = i == 4 ? "other" : "test" }, CancellationToken.None); }
        var first = await _jobs.Monitor.ListAsync(_staff, new JobListRequest(JobList.Ready, Limit: 3), CancellationToken.None);
        var second = await _jobs.Monitor.ListAsync(_staff, new JobListRequest(JobList.Ready, Limit: 3, Cursor: first.NextCursor), CancellationToken.None);
        first.Items.Concat(second.Items).Select(j => j.RunAt).ShouldBe(Enumerable.Range(0, 5).Select(i => now.AddSeconds(i)));
        second.NextCursor.ShouldBeNull();
        (await _jobs.Monitor.ListAsync(_staff, new JobListRequest(JobList.Ready, Queue: "other"), CancellationToken.None)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_letter_that_is_requeued_runs_with_all_its_attempts()
    {
        _jobs.Probe.Work = (_, _, _) => Task.CompletedTask;
        var dead = Job(JobState.Dead, _jobs.Clock.GetUtcNow()) with { Attempt = 3, Key = "k" };
        await _jobs.Store.InsertAsync(dead, CancellationToken.None);
        await _jobs.StartAsync();
        (await _jobs.Monitor.RequeueAsync(_staff, dead.Id, CancellationToken.None)).Ok.ShouldBeTrue();
        await _jobs.UntilAsync(dead.Id, JobState.Succeeded);
        _jobs.Probe.Runs.ShouldHaveSingleItem().Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task A_requeue_yields_to_an_unfinished_job_of_the_same_key_and_to_a_job_that_waits()
    {
        var dead = Job(JobState.Dead, _jobs.Clock.GetUtcNow()) with { Key = "k" };
        await _jobs.Store.InsertAsync(dead, CancellationToken.None);
        var waiting = await _jobs.EnqueueAsync("newer", options: new JobOptions { UniqueKey = "k" });
        (await _jobs.Monitor.RequeueAsync(_staff, dead.Id, CancellationToken.None)).Problem!.Code.ShouldBe("duplicate_key");
        (await _jobs.Monitor.RequeueAsync(_staff, waiting, CancellationToken.None)).Problem!.Code.ShouldBe("job_state");
        (await _jobs.Monitor.RequeueAsync(_staff, Ids.New(), CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task A_scheduled_job_can_be_run_now()
    {
        await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("later", options: new JobOptions { RunAt = _jobs.Clock.GetUtcNow().AddDays(1) });
        (await _jobs.Monitor.RunNowAsync(_staff, id, CancellationToken.None)).Ok.ShouldBeTrue();
        await _jobs.UntilAsync(id, JobState.Succeeded);
        (await _jobs.Monitor.RunNowAsync(_staff, id, CancellationToken.None)).Problem!.Code.ShouldBe("job_state");
    }

    [Fact]
    public async Task A_running_job_cannot_be_deleted_and_any_other_can()
    {
        var running = Job(JobState.Running, _jobs.Clock.GetUtcNow());
        var dead = Job(JobState.Dead, _jobs.Clock.GetUtcNow());
        await _jobs.Store.InsertAsync(running, CancellationToken.None);
        await _jobs.Store.InsertAsync(dead, CancellationToken.None);
        (await _jobs.Monitor.DeleteAsync(_staff, running.Id, CancellationToken.None)).Problem!.Code.ShouldBe("job_running");
        (await _jobs.Monitor.DeleteAsync(_staff, dead.Id, CancellationToken.None)).Ok.ShouldBeTrue();
        (await _jobs.Monitor.GetAsync(_staff, dead.Id, CancellationToken.None)).ShouldBeNull();
        (await _jobs.Monitor.DeleteAsync(_staff, dead.Id, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task Servers_show_what_they_are_and_a_dead_one_is_told_apart()
    {
        _jobs.Options = JobsHarness.ShortLeases;
        var server = await _jobs.StartAsync();
        await server.CrashAsync();
        _jobs.Clock.Advance(TimeSpan.FromMinutes(1));
        await _jobs.StartAsync();
        var servers = await _jobs.Monitor.ServersAsync(_staff, CancellationToken.None);
        servers.Select(s => s.Lives).ShouldBe([true, false]);
        servers[0].Queues.ShouldBe(["clock × 8", "test × 8"]);
        servers[0].ProcessId.ShouldBe(Environment.ProcessId);
    }

    [Fact]
    public async Task A_customer_sees_nothing_of_it()
    {
        var customer = Caller.System(Ids.New());
        await Should.ThrowAsync<InvalidOperationException>(() => _jobs.Monitor.ListAsync(customer, new JobListRequest(JobList.Ready), CancellationToken.None));
        await Should.ThrowAsync<InvalidOperationException>(() => _jobs.Monitor.DeleteAsync(customer, Ids.New(), CancellationToken.None));
    }

    private Task<Page<JobView>> ListAsync(JobList list) => _jobs.Monitor.ListAsync(_staff, new JobListRequest(list), CancellationToken.None);

    private static StoredJob Job(JobState state, DateTimeOffset at) => new()
    {
        Name = "test-note", Queue = "test", Payload = "{\"text\":\"t\"}", State = state, RunAt = at, EnqueuedAt = at, MaxAttempts = 3,
        EndedAt = state is JobState.Succeeded or JobState.Dead or JobState.Cancelled ? at : null,
        FailedAt = state is JobState.Dead or JobState.Retrying ? at : null,
        Error = state is JobState.Dead or JobState.Retrying ? "it broke\n   at Somewhere.Deep()" : null,
        LeaseUntil = state is JobState.Running ? at.AddYears(1) : null,
    };
}
