using Platform.Tenancy;

namespace Platform.Storage.Sqlite;

/// <summary>The embedded engine. See README.md beside the port.</summary>
public sealed class SqliteDocumentStore : IDocumentStore, IDisposable, IAsyncDisposable
{
    private readonly SqliteDatabase _database;
    private readonly Dictionary<Type, Table> _tables = [];
    private int _disposed;

    private SqliteDocumentStore(SqliteDatabase database, IEnumerable<ICollection> collections)
    {
        _database = database;
        foreach (var collection in collections)
        {
            if (!_tables.TryAdd(collection.Type, new Table(collection))) { throw new InvalidOperationException($"{collection.Type.Name} is declared in two collections"); }
        }
    }

    /// <summary>Opens (or makes) the file in the folder and brings tables and indexes to what the collections declare.</summary>
    public static SqliteDocumentStore Open(string directory, IEnumerable<ICollection> collections)
    {
        var database = new SqliteDatabase(directory);
        try
        {
            var store = new SqliteDocumentStore(database, collections);
            database.WriteAsync(session => Schema.Ensure(session, [.. store._tables.Values]), true, CancellationToken.None).GetAwaiter().GetResult();
            return store;
        }
        catch { database.Dispose(); throw; }
    }

    /// <inheritdoc />
    public IDocuments<T> For<T>(Caller caller) where T : Document, IOrganizationOwned => new SqliteDocuments<T>(_database, new Scope(TableOf(typeof(T)), caller.OrganizationId));

    /// <inheritdoc />
    public IDocuments<T> ForPlatform<T>(Caller caller) where T : Document
    {
        if (!caller.IsPlatform) { throw new InvalidOperationException("only the platform and its staff reach records across organizations"); }
        return new SqliteDocuments<T>(_database, new Scope(TableOf(typeof(T)), null));
    }

    /// <inheritdoc />
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var steps = batch.Steps.Select(step => BatchStep.Of(step, TableOf(step.Type))).ToList();
        return StorageMeter.MeasureAsync("commit", "batch", async () =>
        {
            try { return await _database.WriteAsync(session => BatchStep.RunAll(steps, session), true, cancellationToken); }
            catch (BatchStep.Unmet) { return false; }
        });
    }

    /// <inheritdoc />
    public void Dispose() { if (Interlocked.Exchange(ref _disposed, 1) == 0) { _database.Dispose(); } }

    /// <inheritdoc />
    public ValueTask DisposeAsync() { Dispose(); return ValueTask.CompletedTask; }

    internal SqliteDatabase Database => _database;

    internal IReadOnlyCollection<Table> Tables => _tables.Values;

    private Table TableOf(Type type) => _tables.GetValueOrDefault(type)
        ?? throw new InvalidOperationException($"{type.Name} is in no collection: declare it with services.AddCollection in the module of its feature");
}
