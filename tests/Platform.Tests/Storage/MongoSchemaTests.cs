using Microsoft.Extensions.Logging.Abstractions;
using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

/// <summary>Indexes and migrations while other copies of the app, also of an older build, are at work.</summary>
public sealed class MongoSchemaTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly string Organization = Ids.New();
    private static readonly ICollection[] Old = [Build().Index("by_at", Sort<Thing>.By(t => t.Number)).Index("old", Sort<Thing>.By(t => t.Rank)).Unique("slug", Sort<Thing>.By(t => t.Slug))];
    private static readonly ICollection[] New = [Build().Index("by_at", Sort<Thing>.By(t => t.At)).Unique("slug", Sort<Thing>.By(t => t.Slug).ThenBy(t => t.Left))];
    private readonly MongoAddress _address = MongoAddress.Of(TestServers.Require("MONGODB_URI"), "test_" + Ids.New());
    private readonly List<MongoDocumentStore> _stores = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores.Skip(1)) { await store.DisposeAsync(); }
        await TestMongo.DropAsync(_stores.FirstOrDefault());
    }

    [Fact]
    public async Task Copies_that_start_at_once_on_an_empty_database_make_it_together()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestMongo.Open(Records.All, _address))));
        _stores.AddRange(stores);
        (await IndexesAsync(stores[0])).Count.ShouldBe(1 + Records.Things.Indexes.Count);
        var things = stores[3].For<Thing>(Caller.System(Organization));
        await things.InsertAsync(new Thing { OrganizationId = Organization, Name = "a", Slug = "x" }, None);
        await Should.ThrowAsync<DuplicateKeyException>(() => things.InsertAsync(new Thing { OrganizationId = Organization, Name = "a", Slug = "x" }, None));
    }

    [Fact]
    public async Task While_an_older_build_still_runs_its_plain_indexes_stay_and_a_changed_unique_one_does_not()
    {
        var (old, young) = (Open(Old), Open(New));
        var together = await IndexesAsync(young);
        together.Count(i => i.StartsWith("by_at.", StringComparison.Ordinal)).ShouldBe(2, "both builds find theirs");
        together.Count(i => i.StartsWith("old.", StringComparison.Ordinal)).ShouldBe(1);
        together.Count(i => i.StartsWith("slug.", StringComparison.Ordinal)).ShouldBe(1, "the old one would refuse good records");
        await young.Schema.TidyAsync(None);
        (await IndexesAsync(young)).ShouldBe(together, ignoreOrder: true);
        // A day after the last copy of the old build said that it lives.
        await AgeDeclarationsAsync(old);
        await young.Schema.TidyAsync(None);
        (await IndexesAsync(young)).Select(i => i.Split('.')[0]).ShouldBe(["_id_", "by_at", "slug"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_start_does_not_wait_for_a_plain_index_of_a_large_collection()
    {
        var store = Open(Old);
        await store.For<Thing>(Caller.System(Organization)).InsertManyAsync([.. Enumerable.Range(0, 30).Select(n => new Thing { OrganizationId = Organization, Name = "a", Number = n })], None);
        var schema = new Schema(store.Database, [new Shelf(New[0])], NullLogger.Instance) { Few = 20 };
        var pending = await schema.EnsureAsync(None);
        pending.Select(p => (string)p.Spec.Definition["name"]!).ShouldAllBe(name => name.StartsWith("by_at."));
        var name = (string)pending.Single().Spec.Definition["name"]!;
        var before = await IndexesAsync(store);
        before.ShouldNotContain(name);
        before.ShouldContain(i => i.StartsWith("slug.", StringComparison.Ordinal), "a unique one is waited for");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => schema.BuildAsync(pending[0].Shelf, [pending[0].Spec], None)));
        (await IndexesAsync(store)).ShouldContain(name);
        (await schema.EnsureAsync(None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_that_somebody_else_made_is_left_alone()
    {
        var store = Open(Old);
        await store.Database.RunAsync("", c => c.Command(new BsonMap("createIndexes", "test_things").Add("indexes", BsonList.Of(new BsonMap("key", new BsonMap("note", 1)).Add("name", "mine")))), None);
        (await IndexesAsync(Open(New))).ShouldContain("mine");
    }

    [Fact]
    public async Task A_unique_index_that_stored_records_break_is_said_at_start()
    {
        var store = Open([Build()]);
        await store.For<Thing>(Caller.System(Organization)).InsertManyAsync([new Thing { OrganizationId = Organization, Name = "a", Slug = "x" }, new Thing { OrganizationId = Organization, Name = "b", Slug = "x" }], None);
        Should.Throw<StorageUnavailableException>(() => Open(Old)).Message.ShouldContain("stored records agree");
    }

    [Fact]
    public async Task Two_stores_that_start_at_once_run_a_migration_once_and_both_wait_for_it()
    {
        var (ran, gate) = (0, new TaskCompletionSource());
        async Task WorkAsync(CancellationToken token) { Interlocked.Increment(ref ran); await gate.Task.WaitAsync(token); }
        var starts = new[] { Open(Records.All), Open(Records.All) }.Select(store => Start(store, new Migration("m", WorkAsync))).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref ran) > 0, "one of them migrates");
        starts.ShouldAllBe(start => !start.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(starts);
        ran.ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_that_lost_its_lease_breaks_off_and_what_another_did_is_not_done_again()
    {
        var (store, ran, broken) = (Open(Records.All), 0, false);
        var start = Start(store, TimeSpan.FromMilliseconds(600), new Migration("m", async token =>
        {
            Interlocked.Increment(ref ran);
            await LockAsync(store, "another", DateTimeOffset.MaxValue);
            try { await Task.Delay(Timeout.Infinite, token); }
            finally { broken = true; }
        }));
        await Eventually.TrueAsync(() => broken, "it is stopped");
        start.IsCompleted.ShouldBeFalse("it waits for the other");
        await Task.WhenAll(Start(store), SetAsync(store, "m", new BsonMap("at", DateTimeOffset.UnixEpoch)));
        await start;
        ran.ShouldBe(1);
    }

    [Fact]
    public async Task What_a_copy_left_that_died_in_a_migration_is_taken_over_when_its_lease_ends()
    {
        var (store, ran) = (Open(Records.All), 0);
        await LockAsync(store, "dead", await store.Database.NowAsync(None) + TimeSpan.FromSeconds(1));
        await Start(store, new Migration("m", _ => { ran++; return Task.CompletedTask; }));
        ran.ShouldBe(1);
        (await store.Database.NowAsync(None)).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1), "leases go by the server's clock");
    }

    private static Collection<Thing> Build() => new("test_things");

    private MongoDocumentStore Open(ICollection[] collections)
    {
        var store = TestMongo.Open(collections, _address);
        _stores.Add(store);
        return store;
    }

    private static Task Start(MongoDocumentStore store, params IMigration[] migrations) => Start(store, TimeSpan.FromMinutes(1), migrations);

    private static Task Start(MongoDocumentStore store, TimeSpan lease, params IMigration[] migrations) => new MongoStart(store, migrations, NullLogger<MongoStart>.Instance) { Lease = lease }.StartAsync(None);

    private static Task LockAsync(MongoDocumentStore store, string by, DateTimeOffset until) => SetAsync(store, "lock", new BsonMap("by", by).Add("until", until));

    private static Task SetAsync(MongoDocumentStore store, string id, BsonMap values) =>
        store.Database.RunAsync("", c => c.FindAndModify("_migrations", new BsonMap("_id", id), null, new BsonMap("$set", values).ToBytes(), upsert: true), None);

    private static Task AgeDeclarationsAsync(MongoDocumentStore store) =>
        store.Database.RunAsync("", c => c.UpdateMany("_indexes", [], new BsonMap("$set", new BsonMap("at", DateTimeOffset.UnixEpoch)).ToBytes(), null), None);

    private static async Task<List<string>> IndexesAsync(MongoDocumentStore store) => (await store.Database.RunAsync("", c => c.Indexes("test_things"), None)).ConvertAll(i => (string)BsonReader.Read(i)["name"]!);

    private sealed class Migration(string name, Func<CancellationToken, Task> run) : IMigration
    {
        public string Name => name;

        public Task RunAsync(IDocumentStore store, CancellationToken cancellationToken) => run(cancellationToken);
    }
}
