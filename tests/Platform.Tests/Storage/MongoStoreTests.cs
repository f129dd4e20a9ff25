using Microsoft.Extensions.Logging.Abstractions;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Sqlite;
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
    /// <summary>Whether PLATFORM_TEST_STORAGE=Mongo asks for this engine wherever a test does not say which.</summary>
    public static bool IsChosen => Environment.GetEnvironmentVariable("PLATFORM_TEST_STORAGE") == "Mongo";

    /// <summary>The settings of an app whose database is named after its data folder; none where the engine is not chosen.</summary>
    public static IEnumerable<(string Key, string? Value)> Settings(string folder) => !IsChosen ? [] :
        [("Storage:Engine", "Mongo"), ("Storage:MongoUri", TestServers.Require("MONGODB_URI")), ("Storage:MongoDatabase", NameOf(folder)), ("Media:Place", "Folder")];

    /// <summary>The database of a data folder.</summary>
    public static string NameOf(string folder) => "test_" + Path.GetFileName(folder);

    public static MongoAddress Address() => MongoAddress.Of(TestServers.Require("MONGODB_URI"), "test_" + Platform.Primitives.Ids.New());

    public static MongoDocumentStore Open(IEnumerable<ICollection> collections, MongoAddress? address = null) =>
        MongoDocumentStore.OpenAsync(address ?? Address(), collections, NullLogger.Instance, CancellationToken.None).GetAwaiter().GetResult();

    public static async ValueTask DropAsync(MongoDocumentStore? store)
    {
        if (store is null) { return; }
        await DropAsync(store.Database);
        await store.DisposeAsync();
    }

    /// <summary>Copies a data folder of the embedded engine into the database that is named after it.</summary>
    public static async Task FillAsync(string folder, IReadOnlyList<ICollection> collections, string? uri = null)
    {
        await using var from = new SqliteCopyEnd(SqliteDocumentStore.Open(folder, collections));
        await using var to = new MongoCopyEnd(Open(collections, MongoAddress.Of(uri ?? TestServers.Require("MONGODB_URI"), NameOf(folder))));
        (await new DataCopy(from, to, _ => { }).RunAsync(collections, CancellationToken.None)).ShouldBeEmpty();
    }

    /// <summary>
    /// Drops a database by its name, with a connection of its own. Where an app was killed within a transaction, the test server holds the database for a minute, and
    /// for one more for each statement of a dead client that waited behind it (seen in pg_stat_activity; a mongod refuses such statements at once). Then it is left
    /// to end with the server: nothing uses its name again.
    /// </summary>
    public static void Drop(string name, string? uri = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var database = new MongoDatabase(MongoAddress.Of(uri ?? TestServers.Require("MONGODB_URI"), name), NullLogger.Instance);
        try { DropAsync(database, patience.Token).GetAwaiter().GetResult(); }
        catch (OperationCanceledException) when (patience.IsCancellationRequested) { return; }
    }

    private static Task DropAsync(MongoDatabase database, CancellationToken cancellationToken = default) =>
        database.RunAsync("", connection => connection.Command(new BsonMap("dropDatabase", 1)), cancellationToken);
}
