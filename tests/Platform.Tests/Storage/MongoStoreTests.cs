using Microsoft.Extensions.Logging.Abstractions;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

/// <summary>The engine for several copies keeps the contract, against a real server.</summary>
public sealed class MongoStoreTests : DocumentStoreContract
{
    private MongoDocumentStore? _mongo;

    public MongoStoreTests() => TestServers.Require("MONGODB_URI");

    // The test server names the index for inserts only (its README, "duplicate-key errors"); mongod does for all.
    protected override bool NamesIndexes => false;

    protected override IDocumentStore Create() => _mongo = TestMongo.Open(Records.All);

    protected override async Task ExpireAsync(DateTimeOffset now) => await MongoExpiry.SweepAsync(_mongo!, now, CancellationToken.None);

    public override ValueTask DisposeAsync() => TestMongo.DropAsync(_mongo);
}

/// <summary>The engine for several copies agrees with memory.</summary>
public sealed class MongoStoreProperties : DocumentStoreProperties, IAsyncDisposable
{
    private MongoDocumentStore? _store;

    public MongoStoreProperties() => TestServers.Require("MONGODB_URI");

    protected override IDocumentStore Store => _store ??= TestMongo.Open(Collections);

    public ValueTask DisposeAsync() => TestMongo.DropAsync(_store);
}

/// <summary>Databases of their own on the test server; they go with the test.</summary>
internal static class TestMongo
{
    public static MongoAddress Address() => MongoAddress.Of(TestServers.Require("MONGODB_URI"), "test_" + Platform.Primitives.Ids.New());

    public static MongoDocumentStore Open(IEnumerable<ICollection> collections, MongoAddress? address = null) =>
        MongoDocumentStore.OpenAsync(address ?? Address(), collections, NullLogger.Instance, CancellationToken.None).GetAwaiter().GetResult();

    public static async ValueTask DropAsync(MongoDocumentStore? store)
    {
        if (store is null) { return; }
        await DropAsync(store.Database);
        await store.DisposeAsync();
    }

    /// <summary>Drops a database by its name, with a connection of its own.</summary>
    public static void Drop(string name)
    {
        using var database = new MongoDatabase(MongoAddress.Of(TestServers.Require("MONGODB_URI"), name), NullLogger.Instance);
        DropAsync(database).GetAwaiter().GetResult();
    }

    private static Task DropAsync(MongoDatabase database) => database.RunAsync("", connection => connection.Command(new BsonMap("dropDatabase", 1)), CancellationToken.None);
}
