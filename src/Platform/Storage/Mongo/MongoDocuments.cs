using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Platform.Primitives;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <inheritdoc />
internal sealed class MongoDocuments<T>(MongoDatabase database, Scope scope) : IDocuments<T> where T : Document
{
    private const int StreamPage = 500;
    private readonly Reads<T> _reads = new(scope);
    private readonly Writes<T> _writes = new(scope);

    public Task<T> InsertAsync(T document, CancellationToken cancellationToken) => AloneAsync("insert", _writes.Insert(document), cancellationToken);

    public Task InsertManyAsync(IReadOnlyCollection<T> documents, CancellationToken cancellationToken) => documents.Count switch
    {
        0 => Task.CompletedTask,
        1 => InsertAsync(documents.First(), cancellationToken),
        _ => TogetherAsync("insert_many", _writes.InsertMany(documents), cancellationToken),
    };

    public Task<T?> GetAsync(string id, CancellationToken cancellationToken) => RunAsync("get", _reads.Get(id), cancellationToken);

    public Task<T?> FirstAsync(Expression<Func<T, bool>> filter, Sort<T>? sort = null, CancellationToken cancellationToken = default) =>
        RunAsync("first", _reads.First(filter, sort), cancellationToken);

    public Task<Page<T>> FindAsync(Query<T> query, CancellationToken cancellationToken) => RunAsync("find", _reads.Find(query), cancellationToken);

    public async IAsyncEnumerable<T> StreamAsync(Query<T> query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = query with { Limit = StreamPage };
        do
        {
            var page = await FindAsync(next, cancellationToken);
            foreach (var item in page.Items) { yield return item; }
            next = next with { Cursor = page.NextCursor };
        }
        while (next.Cursor is not null);
    }

    public Task<long> CountAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => RunAsync("count", _reads.Count(filter), cancellationToken);

    public Task<T?> UpdateOneAsync(Expression<Func<T, bool>> filter, Update<T> update, Sort<T>? sort = null, CancellationToken cancellationToken = default) =>
        AloneAsync("update_one", _writes.UpdateOne(filter, sort, update), cancellationToken);

    public Task<long> UpdateManyAsync(Expression<Func<T, bool>> filter, Update<T> update, CancellationToken cancellationToken) =>
        TogetherAsync("update_many", _writes.UpdateMany(filter, update), cancellationToken);

    public Task<IReadOnlyList<T>> ClaimAsync(Expression<Func<T, bool>> filter, Sort<T> sort, int limit, Update<T> update, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var claim = new Claim<T>(database, scope, filter, sort, update);
        return StorageMeter.MeasureAsync("claim", scope.Shelf.Name, () => claim.RunAsync(limit, cancellationToken));
    }

    public Task<T?> TryReplaceAsync(T document, CancellationToken cancellationToken) => AloneAsync("replace", _writes.Replace(document), cancellationToken);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => AloneAsync("delete", _writes.Delete(id), cancellationToken);

    public Task<long> DeleteManyAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => RunAsync("delete_many", _writes.DeleteMany(filter), cancellationToken);

    public Task<IReadOnlyList<Group>> GroupAsync(GroupQuery<T> query, CancellationToken cancellationToken) => RunAsync("group", _reads.Group(query), cancellationToken);

    private Task<TResult> RunAsync<TResult>(string operation, Func<Connection, TResult> work, CancellationToken cancellationToken) =>
        StorageMeter.MeasureAsync(operation, scope.Shelf.Name, () => database.RunAsync(scope.Shelf.Name, work, cancellationToken));

    // One document, which the driver writes exactly once.
    private Task<TResult> AloneAsync<TResult>(string operation, Func<Connection, SessionHandle?, TResult> work, CancellationToken cancellationToken) =>
        RunAsync(operation, connection => work(connection, null), cancellationToken);

    // Several documents: a transaction, so that all change or none.
    private Task<TResult> TogetherAsync<TResult>(string operation, Func<Connection, SessionHandle?, TResult> work, CancellationToken cancellationToken) =>
        StorageMeter.MeasureAsync(operation, scope.Shelf.Name, () => database.TransactAsync(scope.Shelf.Name, work, cancellationToken));
}
