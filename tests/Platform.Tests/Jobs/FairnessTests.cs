using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Jobs;

public sealed class FairnessTests : IAsyncDisposable
{
    private readonly JobsHarness _jobs = new();

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task An_organization_with_ten_thousand_jobs_delays_no_other()
    {
        var now = _jobs.Clock.GetUtcNow();
        var noisy = Ids.New();
        var flood = Enumerable.Range(0, 10_000).Select(_ => new StoredJob
        {
            Name = "test-note", Queue = "test", Payload = "{\"text\":\"noise\"}", State = JobState.Ready, RunAt = now, EnqueuedAt = now,
            MaxAttempts = 3, OrganizationId = noisy, Lane = JobQueue.LaneOf(noisy),
        }).ToList();
        await _jobs.Jobs.InsertManyAsync(flood, CancellationToken.None);
        foreach (var i in Enumerable.Range(0, 20)) { await _jobs.EnqueueAsync($"small {i}", Ids.New()); }

        _jobs.Options = o => o.Queues["test"] = new QueueOptions { Concurrency = 1 };
        var server = await _jobs.StartAsync();
        await Eventually.TrueAsync(() => _jobs.Probe.Runs.Count > 60, "the first runs");
        await server.StopAsync(CancellationToken.None);

        // A turn each: after the first round of 21 organizations every small one is served.
        _jobs.Probe.Runs.Take(21).Count(r => r.Text != "noise").ShouldBe(20);
        _jobs.Probe.Runs.Skip(21).ShouldAllBe(r => r.Text == "noise");
    }

    [Fact]
    public async Task A_queue_runs_no_more_at_a_time_than_its_slots()
    {
        var (gate, now, most) = (new TaskCompletionSource(), 0, 0);
        _jobs.Probe.Work = async (_, _, _) =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await gate.Task;
            Interlocked.Decrement(ref now);
        };
        _jobs.Options = o => o.Queues["test"] = new QueueOptions { Concurrency = 3 };
        await _jobs.StartAsync();
        var ids = new List<string>();
        foreach (var i in Enumerable.Range(0, 10)) { ids.Add(await _jobs.EnqueueAsync($"{i}", Ids.New())); }
        await Eventually.TrueAsync(() => now == 3, "all slots in use");
        gate.SetResult();
        foreach (var id in ids) { await _jobs.UntilAsync(id, JobState.Succeeded); }
        most.ShouldBe(3);
    }

    [Fact]
    public async Task Two_servers_share_a_queue_and_run_every_job_once()
    {
        await _jobs.StartAsync();
        await _jobs.StartAsync();
        var organizations = Enumerable.Range(0, 5).Select(_ => Ids.New()).ToList();
        var ids = new List<string>();
        foreach (var i in Enumerable.Range(0, 100)) { ids.Add(await _jobs.EnqueueAsync($"{i}", organizations[i % 5])); }
        foreach (var id in ids) { await _jobs.UntilAsync(id, JobState.Succeeded); }
        _jobs.Probe.Runs.Select(r => r.JobId).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public void Lanes_are_stable_positive_and_spread()
    {
        JobQueue.LaneOf(null).ShouldBe(0);
        JobQueue.LaneOf("0197b1c2d3e4f5a6b7c8d9e0f1a2b3c4").ShouldBe(JobQueue.LaneOf("0197b1c2d3e4f5a6b7c8d9e0f1a2b3c4"));
        var lanes = Enumerable.Range(0, 2_000).Select(_ => JobQueue.LaneOf(Ids.New())).ToList();
        lanes.ShouldAllBe(l => l > 0);
        lanes.Distinct().Count().ShouldBeGreaterThan(1_990);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most)) { Interlocked.CompareExchange(ref most, value, seen); }
    }
}
