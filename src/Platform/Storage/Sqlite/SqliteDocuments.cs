using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Platform.Primitives;

namespace Platform.Storage.Sqlite;

/// <inheritdoc />
internal sealed class SqliteDocuments<T>(SqliteDatabase database, Scope scope) : IDocuments<T> where T : Document
{
    private const int StreamPage = 500;
    private readonly Reads<T> _reads = new(scope);
    private readonly Writes<T> _writes = new(scope);

    public Task<T> InsertAsync(T document, CancellationToken cancellationToken) =>
        WriteAsync("insert", _writes.Insert(document), false, cancellationToken);

    public Task InsertManyAsync(IReadOnlyCollection<T> documents, CancellationToken cancellationToken)
    {
        var steps = documents.Select(_writes.Insert).ToList();
        return WriteAsync("insert_many", session => { steps.ForEach(step => step(session)); return steps.Count; }, true, cancellationToken);
    }

    public Task<T?> GetAsync(string id, CancellationToken cancellationToken) => ReadAsync("get", _reads.Get(id), cancellationToken);

    public Task<T?> FirstAsync(Expression<Func<T, bool>> filter, Sort<T>? sort = null, CancellationToken cancellationToken = default) =>
        ReadAsync("first", _reads.First(filter, sort), cancellationToken);

    public Task<Page<T>> FindAsync(Query<T> query, CancellationToken cancellationToken) => ReadAsync("find", _reads.Find(query), cancellationToken);

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

    public Task<long> CountAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => ReadAsync("count", _reads.Count(filter), cancellationToken);

    public async Task<T?> UpdateOneAsync(Expression<Func<T, bool>> filter, Update<T> update, Sort<T>? sort = null, CancellationToken cancellationToken = default)
    {
        var changed = await WriteAsync("update_one", _writes.Claim(filter, sort, 1, update), false, cancellationToken);
        return changed.Count == 0 ? null : changed[0];
    }

    public Task<long> UpdateManyAsync(Expression<Func<T, bool>> filter, Update<T> update, CancellationToken cancellationToken) =>
        WriteAsync("update_many", _writes.UpdateMany(filter, update), false, cancellationToken);

    public Task<IReadOnlyList<T>> ClaimAsync(Expression<Func<T, bool>> filter, Sort<T> sort, int limit, Update<T> update, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return WriteAsync("claim", _writes.Claim(filter, sort, limit, update), true, cancellationToken);
    }

    public Task<T?> TryReplaceAsync(T document, CancellationToken cancellationToken) => WriteAsync("replace", _writes.Replace(document), false, cancellationToken);

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => WriteAsync("delete", _writes.Delete(id), false, cancellationToken);

    public Task<long> DeleteManyAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) =>
        WriteAsync("delete_many", _writes.DeleteMany(filter), false, cancellationToken);

    public Task<IReadOnlyList<Group>> GroupAsync(GroupQuery<T> query, CancellationToken cancellationToken) => ReadAsync("group", _reads.Group(query), cancellationToken);

    private Task<TResult> ReadAsync<TResult>(string operation, Func<Session, TResult> read, CancellationToken cancellationToken) =>
        StorageMeter.MeasureAsync(operation, scope.Table.Name, () => database.ReadAsync(read, cancellationToken));

    private Task<TResult> WriteAsync<TResult>(string operation, Func<Session, TResult> write, bool compound, CancellationToken cancellationToken) =>
        StorageMeter.MeasureAsync(operation, scope.Table.Name, () => database.WriteAsync(write, compound, cancellationToken));
}
