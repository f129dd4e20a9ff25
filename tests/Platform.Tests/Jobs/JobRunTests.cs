using System.Collections.Concurrent;
using System.Text.Json;
using Platform.Coordination;
using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Jobs;

public sealed class JobRunTests : IAsyncDisposable
{
    private readonly JobsHarness _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task An_enqueued_job_runs_once_for_its_organization_and_ends_as_succeeded()
    {
        await _jobs.StartAsync();
        var organization = Ids.New();
        var id = await _jobs.EnqueueAsync("hello", organization);
        await _jobs.UntilAsync(id, JobState.Succeeded);

        var run = _jobs.Probe.Runs.ShouldHaveSingleItem();
        (run.Text, run.JobId, run.Attempt, run.OrganizationId).ShouldBe(("hello", id, 1, organization));
        var job = await _jobs.JobAsync(id);
        (job.Progress, job.Server, job.LeaseUntil, job.Error).ShouldBe((1, null, null, null));
        job.ExpiresAt.ShouldBe(_jobs.Clock.GetUtcNow().AddDays(7));
    }

    [Fact]
    public async Task A_scheduled_job_never_runs_early_and_wakes_its_server_at_its_time()
    {
        await _jobs.StartAsync();
        var due = _jobs.Clock.GetUtcNow().AddMinutes(20);
        var id = await _jobs.EnqueueAsync("later", options: new JobOptions { RunAt = due });
        (await _jobs.JobAsync(id)).State.ShouldBe(JobState.Scheduled);
        await _jobs.AdvanceUntilAsync(async () => (await _jobs.JobAsync(id)).State == JobState.Succeeded, "it ran", TimeSpan.FromSeconds(5));
        _jobs.Probe.Runs.ShouldHaveSingleItem().At.ShouldBeGreaterThanOrEqualTo(due);
    }

    [Fact]
    public async Task A_failing_job_is_tried_again_with_growing_waits_and_then_is_a_dead_letter_with_its_error()
    {
        await _jobs.StartAsync();
        _jobs.Probe.Work = (_, _, _) => throw new InvalidOperationException("the kettle is cold");
        var id = await _jobs.EnqueueAsync("tea");
        var waits = new List<double>();
        foreach (var attempt in new[] { 1, 2 })
        {
            await _jobs.AdvanceUntilAsync(async () => await _jobs.JobAsync(id) is { State: JobState.Retrying } job && job.Attempt == attempt, $"attempt {attempt} failed");
            var failed = await _jobs.JobAsync(id);
            failed.Error.ShouldNotBeNull().ShouldContain("the kettle is cold");
            waits.Add((failed.RunAt - failed.FailedAt!.Value).TotalSeconds);
        }
        await _jobs.AdvanceUntilAsync(id, JobState.Dead);

        waits[0].ShouldBeInRange(8, 12);
        waits[1].ShouldBeInRange(16, 24);
        _jobs.Probe.Runs.Select(r => r.Attempt).ShouldBe([1, 2, 3]);
        var dead = await _jobs.JobAsync(id);
        dead.ExpiresAt.ShouldBe(dead.EndedAt!.Value.AddDays(90));
    }

    [Fact]
    public async Task A_job_that_succeeds_after_a_failure_keeps_no_error()
    {
        await _jobs.StartAsync();
        _jobs.Probe.Work = (_, context, _) => context.Attempt == 1 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        var id = await _jobs.EnqueueAsync("second time lucky");
        await _jobs.AdvanceUntilAsync(id, JobState.Succeeded);
        var job = await _jobs.JobAsync(id);
        (job.Attempt, job.Error, job.FailedAt).ShouldBe((2, null, null));
    }

    [Fact]
    public async Task A_payload_that_cannot_be_read_is_a_dead_letter_at_once_and_harms_no_other()
    {
        await _jobs.StartAsync();
        var poison = new StoredJob { Name = "test-note", Queue = "test", Payload = "{\"text\": [", State = JobState.Ready, RunAt = _jobs.Clock.GetUtcNow(), EnqueuedAt = _jobs.Clock.GetUtcNow(), MaxAttempts = 3 };
        await _jobs.Store.InsertAsync(poison, CancellationToken.None);
        var good = await _jobs.EnqueueAsync("good");
        await _jobs.UntilAsync(good, JobState.Succeeded);
        await _jobs.UntilAsync(poison.Id, JobState.Dead);
        var dead = await _jobs.JobAsync(poison.Id);
        dead.Attempt.ShouldBe(1);
        dead.Error.ShouldNotBeNull().ShouldContain("cannot be read");
        _jobs.Probe.Runs.ShouldHaveSingleItem().JobId.ShouldBe(good);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_cancelled_and_counts_as_failed()
    {
        await _jobs.StartAsync();
        _jobs.Probe.Work = (_, context, token) => context.Attempt == 1 ? Task.Delay(Timeout.Infinite, token) : Task.CompletedTask;
        var id = await _jobs.EnqueueAsync("slow");
        await _jobs.UntilAsync(id, JobState.Running);
        await _jobs.AdvanceUntilAsync(async () => (await _jobs.JobAsync(id)).State != JobState.Running, "timed out", TimeSpan.FromSeconds(5));
        (await _jobs.JobAsync(id)).Error.ShouldNotBeNull().ShouldContain("longer than its 600 s");
        await _jobs.AdvanceUntilAsync(id, JobState.Succeeded);
    }

    [Fact]
    public async Task A_unique_key_is_held_while_unfinished_and_free_after()
    {
        var options = new JobOptions { UniqueKey = "channel-7" };
        var first = await _jobs.EnqueueAsync("a", options: options);
        var same = await _jobs.EnqueueAsync("b", options: options);
        same.ShouldBe(first);
        await _jobs.StartAsync();
        await _jobs.UntilAsync(first, JobState.Succeeded);
        var next = await _jobs.EnqueueAsync("c", options: options);
        next.ShouldNotBe(first);
        await _jobs.UntilAsync(next, JobState.Succeeded);
        _jobs.Probe.Runs.Select(r => r.Text).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task A_job_in_a_batch_exists_exactly_when_the_batch_is_written()
    {
        await _jobs.StartAsync();
        var taken = new StoredJob { Name = "x", Queue = "none", Payload = "{}", State = JobState.Dead, RunAt = _jobs.Clock.GetUtcNow(), EnqueuedAt = _jobs.Clock.GetUtcNow(), MaxAttempts = 1 };
        await _jobs.Store.InsertAsync(taken, CancellationToken.None);

        var refused = new WriteBatch();
        var never = _jobs.Queue.Enqueue<NoteJob, Note>(refused, Caller.Platform, new Note("never"));
        refused.Update<StoredJob>(Caller.Platform, j => j.Id == taken.Id && j.Name == "not its name", new Update<StoredJob>().Set(j => j.Lane, 9));
        (await _jobs.Documents.CommitAsync(refused, CancellationToken.None)).ShouldBeFalse();
        (await _jobs.Jobs.GetAsync(never, CancellationToken.None)).ShouldBeNull();

        var written = new WriteBatch();
        var id = _jobs.Queue.Enqueue<NoteJob, Note>(written, Caller.Platform, new Note("written"));
        (await _jobs.Documents.CommitAsync(written, CancellationToken.None)).ShouldBeTrue();
        _jobs.Queue.Wake();
        await _jobs.UntilAsync(id, JobState.Succeeded);
    }

    [Fact]
    public async Task Progress_is_stored_and_every_change_of_state_is_announced()
    {
        var heard = new ConcurrentQueue<string>();
        using var subscription = _jobs.Signals.Subscribe(Topics.LiveStaff, message => { heard.Enqueue(message); return Task.CompletedTask; });
        var (halfway, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _jobs.Probe.Work = async (_, context, token) => { await context.ReportAsync(0.5, "half of it", token); halfway.SetResult(); await go.Task; };
        await _jobs.StartAsync();
        var id = await _jobs.EnqueueAsync("work");
        await halfway.Task;
        var running = await _jobs.JobAsync(id);
        (running.Progress, running.ProgressMessage).ShouldBe((0.5, "half of it"));
        go.SetResult();
        await _jobs.UntilAsync(id, JobState.Succeeded);
        // enqueued, begun, progress, ended
        await Eventually.TrueAsync(() => heard.Count >= 4, "four announcements");
        heard.Select(m => JsonSerializer.Deserialize<LiveEvent>(m, JsonSerializerOptions.Web)!).ShouldAllBe(e => e.Kind == "jobs" && e.Id == id);
    }
}
