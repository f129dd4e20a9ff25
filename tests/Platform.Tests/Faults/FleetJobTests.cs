using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Store;
using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Tenancy;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>Background jobs over several real copies: the mails of the product, which its own outbox job sends, and its recurring jobs.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetJobTests(FleetGround ground) : IAsyncDisposable
{
    private readonly MailSink _mails = new();
    private MongoDocumentStore? _store;

    private IDocuments<StoredJob> Jobs => Store.ForPlatform<StoredJob>(Caller.Platform);

    private IDocuments<RecurringRecord> Clocks => Store.ForPlatform<RecurringRecord>(Caller.Platform);

    private MongoDocumentStore Store => _store ??= TestMongo.Open([JobStore.Collection, RecurringStore.Collection, ServerStore.Collection, MailStore.Collection],
        MongoAddress.Of(TestServers.Require("MONGODB_URI"), ground.Database));

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) { await _store.DisposeAsync(); }
        _mails.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Each_job_of_a_burst_runs_once_over_all_copies_and_each_takes_a_share(int copies)
    {
        await using var fleet = await StartAsync(copies);
        _mails.Close();
        var batch = await SendAsync(copies * 30);
        // Nobody gets further than a slot's worth while no mail is taken: so each copy has its share before the first is done.
        await Eventually.TrueAsync(async () => (await RunningAsync(batch)).Select(j => j.Server).Distinct().Count() == copies, "each copy runs some of them");
        _mails.Open();
        var done = await EndedAsync(batch);
        done.ShouldAllBe(j => j.State == JobState.Succeeded && j.Attempt == 1 && j.Epoch == 1, "each was claimed once");
        ShouldHaveTakenEachOnce(batch, done.Count);
    }

    [Fact]
    public async Task What_a_killed_copy_had_begun_is_done_by_the_other()
    {
        await using var fleet = await StartAsync(2);
        _mails.Close();
        var batch = await SendAsync(40);
        var servers = await ServersAsync(fleet);
        await Eventually.TrueAsync(async () => (await RunningAsync(batch)).Select(j => j.Server).ToHashSet().IsSupersetOf(servers), "both are at work");
        fleet.Copies[0].Kill();
        await fleet.Copies[0].ExitedAsync();
        var orphans = (await RunningAsync(batch)).Where(j => j.Server == servers[0]).Select(j => j.Id).ToHashSet();
        orphans.ShouldNotBeEmpty();
        _mails.Open();
        var done = await EndedAsync(batch);
        done.ShouldAllBe(j => j.State == JobState.Succeeded);
        done.Where(j => j.Attempt > 1).Select(j => j.Id).ShouldBe(orphans, ignoreOrder: true, "what it had begun was begun once more, and nothing else");
        ShouldHaveTakenEachOnce(batch, done.Count);
    }

    [Fact]
    public async Task Each_occurrence_of_each_recurring_job_runs_once_over_both_copies()
    {
        const int Rounds = 4;
        await using var fleet = await StartAsync(2);
        var clocks = (await Clocks.FindAsync(new() { Limit = 100 }, default)).Items;
        clocks.Count.ShouldBeGreaterThan(8, "the product's own");
        // Away from their own times, so that none of those gets in between.
        await SetClocksAsync(DateTimeOffset.UtcNow.AddHours(1));
        var expected = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            // Both copies see this moment before it comes, and come to it at the same time.
            var at = new DateTimeOffset(DateTimeOffset.UtcNow.AddSeconds(3).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
            var names = clocks.Select(c => $"{c.Name}@{at:yyyy-MM-ddTHH:mm:ssZ}").ToHashSet();
            await SetClocksAsync(at);
            await Eventually.TrueAsync(async () => names.IsSubsetOf((await OccurrencesAsync()).Where(j => j.EndedAt is not null).Select(j => j.Occurrence!)), $"all of round {round} are done", 60);
            await SetClocksAsync(at.AddHours(1));
            expected.UnionWith(names);
        }
        var all = await OccurrencesAsync();
        all.Select(j => j.Occurrence).ShouldBeUnique();
        var ours = all.Where(j => expected.Contains(j.Occurrence!)).ToList();
        ours.Count.ShouldBe(Rounds * clocks.Count);
        ours.ShouldAllBe(j => j.State == JobState.Succeeded && j.Attempt == 1 && j.Epoch == 1);
    }

    private Task SetClocksAsync(DateTimeOffset at) => Clocks.UpdateManyAsync(r => r.Cron != "", new Update<RecurringRecord>().Set(r => r.NextAt, at), default);

    private async Task<Fleet> StartAsync(int copies)
    {
        var fleet = await ground.NewFleetAsync();
        await Jobs.DeleteManyAsync(j => j.Name == "send-mail", default);
        await fleet.StartAsync(copies, new Dictionary<string, string>(_mails.Settings) { ["Jobs__LongestSleepSeconds"] = "1", ["Jobs__LeaseSeconds"] = "9", ["Jobs__HeartbeatSeconds"] = "3" });
        return fleet;
    }

    // By a copy that runs no jobs itself, as one that only serves pages. Returns what the addresses have in common.
    private async Task<string> SendAsync(int count)
    {
        var batch = Ids.New();
        await using var pages = new PlatformApp().With("Publishing:Enabled", "false").With("Jobs:Enabled", "false");
        foreach (var (key, value) in ground.Settings(null).Concat(_mails.Settings)) { pages.With(key.Replace("__", ":", StringComparison.Ordinal), value); }
        var mailer = pages.Get<IMailer>();
        for (var i = 0; i < count; i++) { await mailer.SendAsync(Caller.Platform, new Mail($"{i}.{batch}@example.com", "a job", ["one of many"]), default); }
        (await MailsAsync(batch)).Count.ShouldBe(count);
        return batch;
    }

    private async Task<IReadOnlyList<OutgoingMail>> MailsAsync(string batch) =>
        [.. (await Store.ForPlatform<OutgoingMail>(Caller.Platform).FindAsync(new() { Limit = 1000 }, default)).Items.Where(m => m.To.Contains(batch, StringComparison.Ordinal))];

    private async Task<IReadOnlyList<StoredJob>> MailJobsAsync(string batch)
    {
        var mails = (await MailsAsync(batch)).Select(m => m.Id).ToList();
        return [.. (await Jobs.FindAsync(new() { Filter = j => j.Name == "send-mail", Limit = 1000 }, default)).Items.Where(j => mails.Exists(id => j.Payload.Contains(id, StringComparison.Ordinal)))];
    }

    private async Task<IReadOnlyList<StoredJob>> RunningAsync(string batch) => [.. (await MailJobsAsync(batch)).Where(j => j.State == JobState.Running)];

    private async Task<IReadOnlyList<StoredJob>> EndedAsync(string batch)
    {
        await Eventually.TrueAsync(async () => (await MailJobsAsync(batch)).All(j => j.EndedAt is not null), "all are done", 90);
        return await MailJobsAsync(batch);
    }

    private async Task<IReadOnlyList<StoredJob>> OccurrencesAsync() => (await Jobs.FindAsync(new() { Filter = j => j.Recurring != null, Limit = 1000 }, default)).Items;

    // The copies' job servers, in the order of the copies.
    private async Task<IReadOnlyList<string>> ServersAsync(Fleet fleet)
    {
        var all = (await Store.ForPlatform<ServerRecord>(Caller.Platform).FindAsync(new() { Limit = 1000 }, default)).Items;
        return [.. fleet.Copies.Select(c => all.Where(s => s.ProcessId == c.Id).MaxBy(s => s.StartedAt)!.Id)];
    }

    private void ShouldHaveTakenEachOnce(string batch, int count)
    {
        var taken = _mails.Taken.Where(to => to.Contains(batch, StringComparison.OrdinalIgnoreCase)).ToList();
        taken.Count.ShouldBe(count);
        taken.ShouldBeUnique();
    }
}
