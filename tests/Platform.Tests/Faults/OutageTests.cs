using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Storage.Sqlite;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>
/// T3 and T12: the database goes away in the middle of a burst, while calls to the network are out, and comes back. The app stays up, sends nothing twice,
/// goes on within five seconds and leaves nothing behind.
/// </summary>
public sealed class OutageTests(FaultTemplate template) : IClassFixture<FaultTemplate>
{
    private const int Posts = 50;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(6), Locked = TimeSpan.FromSeconds(15), Gone = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task T3_results_that_Sqlite_refuses_for_longer_than_the_lease_are_found_at_the_network()
    {
        using var run = await NewRunAsync(FaultPlace.Sqlite);
        await InBurstAsync(run, run.Start, () => Lock(run), Short);
    }

    [Fact]
    public async Task T3_results_that_Mongo_refuses_for_longer_than_the_lease_are_found_at_the_network()
    {
        using var run = await NewRunAsync(FaultPlace.Mongo);
        using var proxy = new CuttingProxy(run.MongoUri!);
        await InBurstAsync(run, (_, more, _) => run.Start(more: more, mongoUri: proxy.Uri), () => { proxy.IsDown = true; return () => { proxy.IsDown = false; return Task.CompletedTask; }; }, Short);
    }

    [Fact]
    public async Task T12_Sqlite_held_exclusively_for_fifteen_seconds()
    {
        using var run = await NewRunAsync(FaultPlace.Sqlite);
        await InBurstAsync(run, run.Start, () => Lock(run), Locked);
    }

    [Fact]
    public async Task T12_Mongo_killed_and_started_again_after_twenty_seconds()
    {
        await using var server = await OwnMongo.StartAsync();
        using var run = await NewRunAsync(new FaultPlace(server.Uri));
        await InBurstAsync(run, run.Start, () => { server.Kill(); return server.UpAsync; }, Gone);
    }

    [Fact]
    public async Task T12_Mongo_frozen_for_twenty_seconds()
    {
        await using var server = await OwnMongo.StartAsync();
        using var run = await NewRunAsync(new FaultPlace(server.Uri));
        await InBurstAsync(run, run.Start, () => { server.Freeze(); return () => { server.Thaw(); return Task.CompletedTask; }; }, Gone);
    }

    [Fact]
    public async Task T12_a_process_that_is_asked_to_stop_while_Mongo_is_away_ends_in_order()
    {
        using var run = await NewRunAsync(FaultPlace.Mongo);
        using var proxy = new CuttingProxy(run.MongoUri!);
        await using var app = run.Start(mongoUri: proxy.Uri);
        await app.ListeningAsync();
        proxy.IsDown = true;
        (await app.StopAsync()).Code.ShouldBe(0, app.Output);
    }

    private Task<FaultRun> NewRunAsync(FaultPlace place) => template.NewRunAsync(Posts, TimeSpan.FromSeconds(2), place: place);

    private static async Task InBurstAsync(FaultRun run, Func<string?, IReadOnlyDictionary<string, string>?, string?, AppProcess> start, Func<Func<Task>> takeAway, TimeSpan away)
    {
        await using var app = start(null, null, null);
        var (gone, giveBack) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), (Func<Task>?)null);
        // The network has accepted, and its answer comes when there is nothing to write it to.
        run.Sink.OnAccepted = () =>
        {
            if (run.Sink.Accepted.Count >= 15 && Interlocked.CompareExchange(ref giveBack, () => Task.CompletedTask, null) is null) { giveBack = takeAway(); gone.SetResult(); }
            return false;
        };
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Task.Delay(away);
        app.HasExited.ShouldBeFalse($"the app ended by itself:\n{app.Output}");
        var before = run.Sink.Accepted.Count;
        before.ShouldBeLessThan(Posts, "most were still to go");
        await giveBack!();
        await Eventually.TrueAsync(() => run.Sink.Accepted.Count > before, "it goes on", 5);
        await run.UntilAllAsync([Published], app);
        await app.StopAsync();
        InvariantChecker.Breaches(await run.StoredAsync(), run.Sink, []).ShouldBeEmpty();
    }

    private static Func<Task> Lock(FaultRun run)
    {
        var intruder = new Session(SqliteDatabase.FileIn(run.Directory), writes: true);
        intruder.Run("PRAGMA busy_timeout=10000");
        intruder.Run("BEGIN EXCLUSIVE");
        return () => { intruder.Run("ROLLBACK"); intruder.Dispose(); return Task.CompletedTask; };
    }
}
