using System.Linq.Expressions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Storage;

/// <summary>The way to stored records: one set for an organization's caller, one across organizations.</summary>
public interface IDocumentStore
{
    /// <summary>
    /// The records of the caller's organization: every filter gets the organization added, every insert must carry it
    /// (else <see cref="InvalidOperationException"/>). Throws where the caller acts in no organization.
    /// </summary>
    IDocuments<T> For<T>(Caller caller) where T : Document, IOrganizationOwned;

    /// <summary>All records. Throws unless <see cref="Caller.IsPlatform"/>.</summary>
    IDocuments<T> ForPlatform<T>(Caller caller) where T : Document;

    /// <summary>
    /// Writes all steps of the batch, or none: true when all were written, false when an expectation did not hold
    /// (a replace whose version is not the stored one, an update that matched nothing). Duplicate keys throw
    /// <see cref="DuplicateKeyException"/> and write nothing. Durable when it returns.
    /// </summary>
    Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken);
}

/// <summary>One collection, seen by one caller. All writes are durable (survive power loss) when they return. Times out with the token only.</summary>
public interface IDocuments<T> where T : Document
{
    /// <summary>Adds a record; <see cref="DuplicateKeyException"/> where a unique index or the id stands against it. Returns it with <see cref="Document.Version"/> 1.</summary>
    Task<T> InsertAsync(T document, CancellationToken cancellationToken);

    /// <summary>Adds all or none.</summary>
    Task InsertManyAsync(IReadOnlyCollection<T> documents, CancellationToken cancellationToken);

    /// <summary>The record with this id, or null.</summary>
    Task<T?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>The first match in the order given (by id where none is), or null.</summary>
    Task<T?> FirstAsync(Expression<Func<T, bool>> filter, Sort<T>? sort = null, CancellationToken cancellationToken = default);

    /// <summary>One page of matches. <see cref="Query{T}.Limit"/> is at most 1,000.</summary>
    Task<Page<T>> FindAsync(Query<T> query, CancellationToken cancellationToken);

    /// <summary>All matches, fetched page by page; for jobs and exports.</summary>
    IAsyncEnumerable<T> StreamAsync(Query<T> query, CancellationToken cancellationToken);

    /// <summary>How many match.</summary>
    Task<long> CountAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken);

    /// <summary>Atomically changes the first match in the order given and returns it as it is after, or null where nothing matched.</summary>
    Task<T?> UpdateOneAsync(Expression<Func<T, bool>> filter, Update<T> update, Sort<T>? sort = null, CancellationToken cancellationToken = default);

    /// <summary>Changes all matches; returns how many.</summary>
    Task<long> UpdateManyAsync(Expression<Func<T, bool>> filter, Update<T> update, CancellationToken cancellationToken);

    /// <summary>
    /// Atomically changes up to <paramref name="limit"/> matches in the order given and returns them as they are after:
    /// no two callers ever get the same record for the same state. This is how work is claimed.
    /// </summary>
    Task<IReadOnlyList<T>> ClaimAsync(Expression<Func<T, bool>> filter, Sort<T> sort, int limit, Update<T> update, CancellationToken cancellationToken);

    /// <summary>Writes the record where the stored version is <c>document.Version</c>; returns it with the next version, or null where it changed or went meanwhile.</summary>
    Task<T?> TryReplaceAsync(T document, CancellationToken cancellationToken);

    /// <summary>Deletes by id; true where there was one.</summary>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes all matches; returns how many.</summary>
    Task<long> DeleteManyAsync(Expression<Func<T, bool>> filter, CancellationToken cancellationToken);

    /// <summary>Groups and aggregates inside the engine; at most 10,000 groups.</summary>
    Task<IReadOnlyList<Group>> GroupAsync(GroupQuery<T> query, CancellationToken cancellationToken);
}

/// <summary>A unique index, or an id, stood against a write.</summary>
public sealed class DuplicateKeyException : Exception
{
    /// <summary>For serializers.</summary>
    public DuplicateKeyException() { }

    /// <summary>With a text.</summary>
    public DuplicateKeyException(string message) : base(message) { }

    /// <summary>With a text and a cause.</summary>
    public DuplicateKeyException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>A duplicate in a collection; <paramref name="index"/> is null where the engine does not say which index.</summary>
    public DuplicateKeyException(string collection, string? index, Exception? cause) : base($"duplicate key in {collection} ({index ?? "unknown index"})", cause) =>
        (Collection, Index) = (collection, index);

    /// <summary>The collection's name.</summary>
    public string Collection { get; } = "";

    /// <summary>The index's name, where the engine says it.</summary>
    public string? Index { get; }
}
