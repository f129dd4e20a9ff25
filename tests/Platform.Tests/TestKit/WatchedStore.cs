using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.TestKit;

/// <summary>A store whose unanswered calls count as unrest. It does not end the store inside it: a container must not close what others share.</summary>
public sealed class WatchedStore(IDocumentStore inner, Quiet quiet) : IDocumentStore
{
    private volatile bool _isCut;

    /// <summary>From now on nothing is read or written any more, as after a power cut.</summary>
    public void Cut() => _isCut = true;

    public IDocuments<T> For<T>(Caller caller) where T : Document, IOrganizationOwned => new Documents<T>(inner.For<T>(caller), this);

    public IDocuments<T> ForPlatform<T>(Caller caller) where T : Document => new Documents<T>(inner.ForPlatform<T>(caller), this);

    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => AwaitedAsync(() => inner.CommitAsync(batch, cancellationToken));

    private Task<T> AwaitedAsync<T>(Func<Task<T>> operation) => _isCut ? Task.FromException<T>(new StorageUnavailableException()) : quiet.AwaitedAsync(operation);

    private sealed class Documents<T>(IDocuments<T> inner, WatchedStore quiet) : IDocuments<T> where T : Document
    {
        public Task<T> InsertAsync(T document, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.InsertAsync(document, cancellationToken));

        public Task InsertManyAsync(IReadOnlyCollection<T> documents, CancellationToken cancellationToken) =>
            quiet.AwaitedAsync(async () => { await inner.InsertManyAsync(documents, cancellationToken); return true; });

        public Task<T?> GetAsync(string id, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.GetAsync(id, cancellationToken));

        public Task<T?> FirstAsync(Expression<Func<T, bool>> filter, Sort<T>? sort = null, CancellationToken cancellationToken = default) =>
            quiet.AwaitedAsync(() => inner.FirstAsync(filter, sort, cancellationToken));

        public Task<Page<T>> FindAsync(Query<T> query, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.FindAsync(query, cancellationToken));

        public async IAsyncEnumerable<T> StreamAsync(Query<T> query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using var all = inner.StreamAsync(query, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await quiet.AwaitedAsync(() => all.MoveNextAsync().AsTask())) { yield return all.Current; }
        }

        public Task<long> CountAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.CountAsync(filter, cancellationToken));

        public Task<T?> UpdateOneAsync(Expression<Func<T, bool>> filter, Update<T> update, Sort<T>? sort = null, CancellationToken cancellationToken = default) =>
            quiet.AwaitedAsync(() => inner.UpdateOneAsync(filter, update, sort, cancellationToken));

        public Task<long> UpdateManyAsync(Expression<Func<T, bool>> filter, Update<T> update, CancellationToken cancellationToken) =>
            quiet.AwaitedAsync(() => inner.UpdateManyAsync(filter, update, cancellationToken));

        public Task<IReadOnlyList<T>> ClaimAsync(Expression<Func<T, bool>> filter, Sort<T> sort, int limit, Update<T> update, CancellationToken cancellationToken) =>
            quiet.AwaitedAsync(() => inner.ClaimAsync(filter, sort, limit, update, cancellationToken));

        public Task<T?> TryReplaceAsync(T document, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.TryReplaceAsync(document, cancellationToken));

        public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.DeleteAsync(id, cancellationToken));

        public Task<long> DeleteManyAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.DeleteManyAsync(filter, cancellationToken));

        public Task<IReadOnlyList<Group>> GroupAsync(GroupQuery<T> query, CancellationToken cancellationToken) => quiet.AwaitedAsync(() => inner.GroupAsync(query, cancellationToken));
    }
}
