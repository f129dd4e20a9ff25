using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Jobs;

public sealed class RecurringJobTests : IAsyncDisposable
{
    // Saturday before the clocks go back in Berlin: 02:30 comes twice on Sunday.
    private readonly JobsHarness _jobs = new(new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task With_two_servers_each_occurrence_runs_once_also_where_the_hour_comes_twice()
    {
        await _jobs.StartAsync();
        await _jobs.StartAsync();
        await _jobs.AdvanceUntilAsync(async () => (await EndedAsync()).Count == 3, "three nights", TimeSpan.FromMinutes(10));

        var runs = await EndedAsync();
        runs.Select(j => j.Occurrence).ShouldBe(["test-daily@2026-10-25T00:30:00Z", "test-daily@2026-10-26T01:30:00Z", "test-daily@2026-10-27T01:30:00Z"], ignoreOrder: true);
        _jobs.Probe.Runs.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_was_missed_while_nothing_ran_is_made_up_for_by_one_run()
    {
        var server = await _jobs.StartAsync();
        await server.StopAsync(CancellationToken.None);
        _jobs.Clock.Advance(TimeSpan.FromDays(5));
        await _jobs.StartAsync();
        await Eventually.TrueAsync(async () => (await EndedAsync()).Count == 1, "one run");
        var clock = (await _jobs.Monitor.RecurringAsync(Caller.Platform, CancellationToken.None)).ShouldHaveSingleItem();
        clock.NextAt!.Value.ShouldBeGreaterThan(_jobs.Clock.GetUtcNow());
        _jobs.Probe.Runs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_last_run_is_not_done_the_next_is_left_out()
    {
        var gate = new TaskCompletionSource();
        _jobs.Probe.Work = (_, _, _) => gate.Task;
        await _jobs.StartAsync();
        await _jobs.AdvanceUntilAsync(() => Task.FromResult(_jobs.Probe.Runs.Count == 1), "the first run", TimeSpan.FromMinutes(10));
        var before = await NextAsync();
        await RecordAsync(r => r.Set(c => c.NextAt, _jobs.Clock.GetUtcNow()));
        _jobs.Queue.Wake();
        await Eventually.TrueAsync(async () => await NextAsync() > _jobs.Clock.GetUtcNow(), "the clock moved on");
        _jobs.Probe.Runs.Count.ShouldBe(1);
        (await _jobs.Jobs.CountAsync(j => j.Recurring == "test-daily", CancellationToken.None)).ShouldBe(1);
        (await NextAsync()).ShouldBe(before);
        gate.SetResult();
    }

    [Fact]
    public async Task The_last_run_and_its_error_are_kept_as_health()
    {
        _jobs.Probe.Work = (_, _, _) => throw new InvalidOperationException("the moon is down");
        await _jobs.StartAsync();
        (await _jobs.Monitor.TriggerAsync(Caller.Platform, "test-daily", CancellationToken.None)).Ok.ShouldBeTrue();
        await Eventually.TrueAsync(async () => (await ViewAsync()).LastState == JobState.Retrying, "failed once");
        (await ViewAsync()).LastError.ShouldNotBeNull().ShouldContain("the moon is down");
        _jobs.Probe.Work = (_, _, _) => Task.CompletedTask;
        await _jobs.AdvanceUntilAsync(async () => (await ViewAsync()).LastState == JobState.Succeeded, "succeeded");
        (await ViewAsync()).LastError.ShouldBeNull();
    }

    [Fact]
    public async Task A_changed_expression_moves_the_clock()
    {
        await RecordInsertAsync(new RecurringRecord { Name = "test-daily", Cron = "0 5 * * *", Zone = "Etc/UTC", NextAt = _jobs.Clock.GetUtcNow().AddHours(17) });
        await _jobs.StartAsync();
        var view = await ViewAsync();
        (view.Cron, view.Zone, view.NextAt).ShouldBe(("30 2 * * *", "Europe/Berlin", new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero)));
    }

    private async Task<IReadOnlyList<StoredJob>> EndedAsync() =>
        (await _jobs.Jobs.FindAsync(new Query<StoredJob> { Filter = j => j.Recurring == "test-daily" && j.State == JobState.Succeeded }, CancellationToken.None)).Items;

    private async Task<RecurringView> ViewAsync() => (await _jobs.Monitor.RecurringAsync(Caller.Platform, CancellationToken.None)).ShouldHaveSingleItem();

    private async Task<DateTimeOffset?> NextAsync() => (await ViewAsync()).NextAt;

    private IDocuments<RecurringRecord> Records => _jobs.Documents.ForPlatform<RecurringRecord>(Caller.Platform);

    private Task RecordAsync(Action<Update<RecurringRecord>> change)
    {
        var update = new Update<RecurringRecord>();
        change(update);
        return Records.UpdateOneAsync(r => r.Name == "test-daily", update);
    }

    private Task RecordInsertAsync(RecurringRecord record) => Records.InsertAsync(record, CancellationToken.None);
}
