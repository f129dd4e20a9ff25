using Platform.Tenancy;

namespace Platform.Storage.Mongo;

/// <summary>The engine for several copies of the app: MongoDB 6.0 or newer through its C driver. See README.md beside the port.</summary>
public sealed class MongoDocumentStore : IDocumentStore, IDisposable, IAsyncDisposable
{
    private readonly MongoDatabase _database;
    private readonly Dictionary<Type, Shelf> _shelves = [];
    private int _disposed;

    private MongoDocumentStore(MongoDatabase database, IEnumerable<ICollection> collections, ILogger log)
    {
        _database = database;
        foreach (var collection in collections)
        {
            if (!_shelves.TryAdd(collection.Type, new Shelf(collection))) { throw new InvalidOperationException($"{collection.Type.Name} is declared in two collections"); }
        }
        Schema = new Schema(database, _shelves.Values, log);
    }

    /// <summary>Connects, looks whether the server is one that we can use, and brings collections and indexes to what is declared.</summary>
    internal static async Task<MongoDocumentStore> OpenAsync(MongoAddress address, IEnumerable<ICollection> collections, ILogger log, CancellationToken cancellationToken)
    {
        var database = new MongoDatabase(address, log);
        try
        {
            var store = new MongoDocumentStore(database, collections, log);
            await SelfTest.RunAsync(database, log, cancellationToken);
            store.Pending = await store.Schema.EnsureAsync(cancellationToken);
            return store;
        }
        catch { database.Dispose(); throw; }
    }

    /// <inheritdoc />
    public IDocuments<T> For<T>(Caller caller) where T : Document, IOrganizationOwned => new MongoDocuments<T>(_database, new Scope(ShelfOf(typeof(T)), caller.OrganizationId));

    /// <inheritdoc />
    public IDocuments<T> ForPlatform<T>(Caller caller) where T : Document
    {
        if (!caller.IsPlatform) { throw new InvalidOperationException("only the platform and its staff reach records across organizations"); }
        return new MongoDocuments<T>(_database, new Scope(ShelfOf(typeof(T)), null));
    }

    /// <inheritdoc />
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var steps = batch.Steps.Select(step => BatchStep.Of(step, ShelfOf(step.Type))).ToList();
        var name = string.Join('+', batch.Steps.Select(s => ShelfOf(s.Type).Name).Distinct());
        return StorageMeter.MeasureAsync("commit", "batch", async () =>
        {
            try
            {
                // One document is atomic by itself, and its write is retried by the driver.
                return steps.Count == 1
                    ? await _database.RunAsync(name, connection => BatchStep.RunAll(steps, connection, null), cancellationToken)
                    : await _database.TransactAsync(name, (connection, session) => BatchStep.RunAll(steps, connection, session), cancellationToken);
            }
            catch (BatchStep.Unmet) { return false; }
        });
    }

    /// <inheritdoc />
    public void Dispose() { if (Interlocked.Exchange(ref _disposed, 1) == 0) { _database.Dispose(); } }

    /// <inheritdoc />
    public ValueTask DisposeAsync() { Dispose(); return ValueTask.CompletedTask; }

    internal MongoDatabase Database => _database;

    internal IReadOnlyCollection<Shelf> Shelves => _shelves.Values;

    internal Schema Schema { get; }

    /// <summary>Indexes that are still to be built.</summary>
    internal IReadOnlyList<PendingIndex> Pending { get; private set; } = [];

    private Shelf ShelfOf(Type type) => _shelves.GetValueOrDefault(type)
        ?? throw new InvalidOperationException($"{type.Name} is in no collection: declare it with services.AddCollection in the module of its feature");
}
