using Microsoft.Extensions.Logging.Abstractions;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

/// <summary>What happens when answers get lost and the server goes: nothing twice, nothing half, and it comes back by itself.</summary>
public sealed class MongoFailureTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _organization = Ids.New();
    private CuttingProxy _proxy = null!;
    private MongoDocumentStore _store = null!;

    private IDocuments<Thing> Things => _store.For<Thing>(Caller.System(_organization));

    public async ValueTask InitializeAsync()
    {
        _proxy = new CuttingProxy(TestServers.Require("MONGODB_URI"));
        _store = TestMongo.Open(Records.All, MongoAddress.Of(_proxy.Uri, "test_" + Ids.New()));
        await Things.CountAsync(t => true, None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) { await TestMongo.DropAsync(_store); }
        _proxy?.Dispose();
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_a_write_that_the_server_holds_up()
    {
        var address = MongoAddress.Of(TestServers.Require("MONGODB_URI"), "test_" + Ids.New());
        using var other = new MongoDatabase(address, NullLogger.Instance);
        await other.RunAsync("held", connection => { connection.Insert("held", new BsonMap("_id", 1).Add("n", 0).ToBytes()); return true; }, None);
        var (where, update) = (new BsonMap("_id", 1), new BsonMap("$set", new BsonMap("n", 1)).ToBytes());
        using var release = new ManualResetEventSlim();
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var transaction = other.TransactAsync("held", (connection, session) =>
        {
            connection.FindAndModify("held", where, null, update, session);
            changed.SetResult();
            release.Wait();
            return true;
        }, None);
        await changed.Task;
        var stopped = new MongoDatabase(address, NullLogger.Instance);
        var write = stopped.RunAsync("held", connection => connection.FindAndModify("held", where, null, update), None);
        await stopped.NowAsync(None);
        write.IsCompleted.ShouldBeFalse("the test would prove nothing where the write does not wait");
        await Task.Run(stopped.Dispose).WaitAsync(TimeSpan.FromSeconds(30));
        write.IsCompleted.ShouldBeFalse("it waits still, and the stop did not wait for it");
        release.Set();
        await transaction;
        await write;
        await other.RunAsync("", connection => connection.Command(new BsonMap("dropDatabase", 1)), None);
    }

    [Fact]
    public async Task A_single_write_whose_answer_is_lost_is_done_once()
    {
        var thing = A();
        await LosingAsync("insert", () => Things.InsertAsync(thing, None));
        await LosingAsync("findAndModify", () => Things.UpdateOneAsync(t => t.Id == thing.Id, new Update<Thing>().Increment(t => t.Total)));
        (await Things.GetAsync(thing.Id, None)).ShouldNotBeNull().Total.ShouldBe(1);
        await LosingAsync("update", async () => (await Things.TryReplaceAsync(thing with { Version = 2, Name = "put" }, None)).ShouldNotBeNull());
        await LosingAsync("delete", async () => (await Things.DeleteAsync(thing.Id, None)).ShouldBeTrue());
        (await Things.CountAsync(t => true, None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_claim_whose_answers_are_lost_takes_nothing_twice()
    {
        await Things.InsertManyAsync([.. Enumerable.Range(0, 20).Select(_ => A())], None);
        IReadOnlyList<Thing> claimed = [];
        await LosingAsync("findAndModify", async () => claimed = await Things.ClaimAsync(t => !t.Done, Sort<Thing>.By(t => t.Number), 10, new Update<Thing>().Set(t => t.Done, true).Increment(t => t.Total), None));
        claimed.Count.ShouldBe(10);
        (await Things.CountAsync(t => t.Done && t.Total == 1 && t.Version == 2, None)).ShouldBe(10);
    }

    [Fact]
    public async Task A_batch_whose_answers_are_lost_is_written_once_and_whole()
    {
        var (caller, thing) = (Caller.System(_organization), await Things.InsertAsync(A(), None));
        foreach (var word in (string[])["startTransaction", "commitTransaction"])
        {
            var batch = new WriteBatch().Insert(caller, A()).Update<Thing>(caller, t => t.Id == thing.Id, new Update<Thing>().Increment(t => t.Total));
            await LosingAsync(word, async () => (await _store.CommitAsync(batch, None)).ShouldBeTrue());
        }
        (await Things.GetAsync(thing.Id, None)).ShouldNotBeNull().Total.ShouldBe(2);
        (await Things.CountAsync(t => true, None)).ShouldBe(3);
    }

    [Fact]
    public async Task Without_a_server_callers_are_told_and_it_recovers_by_itself()
    {
        await Things.InsertAsync(A(), None);
        _proxy.IsDown = true;
        await Should.ThrowAsync<StorageUnavailableException>(() => Things.InsertAsync(A(), None));
        await Should.ThrowAsync<StorageUnavailableException>(() => Things.CountAsync(t => true, None));
        var health = await new MongoHealth(_store, TimeProvider.System).CheckAsync(None);
        (health.Available, health.Error is not null).ShouldBe((false, true));
        _proxy.IsDown = false;
        await Eventually.TrueAsync(async () => (await new MongoHealth(_store, TimeProvider.System).CheckAsync(None)).Available, "the store comes back");
        (await Things.CountAsync(t => true, None)).ShouldBeGreaterThanOrEqualTo(1);
    }

    private Thing A() => new() { OrganizationId = _organization, Name = "a" };

    private async Task LosingAsync(string word, Func<Task> run)
    {
        var before = _proxy.Lost;
        _proxy.LoseAnswerTo(word);
        await run();
        _proxy.Lost.ShouldBe(before + 1, $"the answer to {word} was to be lost");
    }
}
