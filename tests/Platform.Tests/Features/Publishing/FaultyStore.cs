using System.Linq.Expressions;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Features.Publishing;

/// <summary>A store that refuses writes of single records while the test says so.</summary>
internal sealed class FaultyStore(IDocumentStore inner) : IDocumentStore
{
    /// <summary>Which replaces are refused, as by a locked or read-only file.</summary>
    public Func<PublicationRecord, bool> Refuses { get; set; } = _ => false;

    public IDocuments<T> For<T>(Caller caller) where T : Document, IOrganizationOwned => new Documents<T>(this, inner.For<T>(caller));
    public IDocuments<T> ForPlatform<T>(Caller caller) where T : Document => new Documents<T>(this, inner.ForPlatform<T>(caller));
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => inner.CommitAsync(batch, cancellationToken);

    private sealed class Documents<T>(FaultyStore faults, IDocuments<T> inner) : IDocuments<T> where T : Document
    {
        public Task<T?> TryReplaceAsync(T document, CancellationToken cancellationToken) =>
            document is PublicationRecord record && faults.Refuses(record) ? throw new StorageUnavailableException() : inner.TryReplaceAsync(document, cancellationToken);

        public Task<T> InsertAsync(T document, CancellationToken cancellationToken) => inner.InsertAsync(document, cancellationToken);
        public Task InsertManyAsync(IReadOnlyCollection<T> documents, CancellationToken cancellationToken) => inner.InsertManyAsync(documents, cancellationToken);
        public Task<T?> GetAsync(string id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);
        public Task<T?> FirstAsync(Expression<Func<T, bool>> filter, Sort<T>? sort = null, CancellationToken cancellationToken = default) => inner.FirstAsync(filter, sort, cancellationToken);
        public Task<Page<T>> FindAsync(Query<T> query, CancellationToken cancellationToken) => inner.FindAsync(query, cancellationToken);
        public IAsyncEnumerable<T> StreamAsync(Query<T> query, CancellationToken cancellationToken) => inner.StreamAsync(query, cancellationToken);
        public Task<long> CountAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => inner.CountAsync(filter, cancellationToken);
        public Task<T?> UpdateOneAsync(Expression<Func<T, bool>> filter, Update<T> update, Sort<T>? sort = null, CancellationToken cancellationToken = default) => inner.UpdateOneAsync(filter, update, sort, cancellationToken);
        public Task<long> UpdateManyAsync(Expression<Func<T, bool>> filter, Update<T> update, CancellationToken cancellationToken) => inner.UpdateManyAsync(filter, update, cancellationToken);
        public Task<IReadOnlyList<T>> ClaimAsync(Expression<Func<T, bool>> filter, Sort<T> sort, int limit, Update<T> update, CancellationToken cancellationToken) => inner.ClaimAsync(filter, sort, limit, update, cancellationToken);
        public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) => inner.DeleteAsync(id, cancellationToken);
        public Task<long> DeleteManyAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken) => inner.DeleteManyAsync(filter, cancellationToken);
        public Task<IReadOnlyList<Group>> GroupAsync(GroupQuery<T> query, CancellationToken cancellationToken) => inner.GroupAsync(query, cancellationToken);
    }
}
