using Platform.Tenancy;

namespace Platform.Storage;

/// <summary>One collection's records of an organization, whatever they are: for deleting all that an organization owns. There is one for each collection of organization-owned records.</summary>
public interface IOrganizationRecords
{
    /// <summary>The collection's name.</summary>
    string Collection { get; }

    /// <summary>How many records of the caller's organization there are.</summary>
    Task<long> CountAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> records of the caller's organization; returns how many it found.</summary>
    Task<int> DeleteSomeAsync(Caller caller, int limit, CancellationToken cancellationToken);
}

/// <inheritdoc />
public sealed class OrganizationRecords<T>(IDocumentStore store, string collection) : IOrganizationRecords where T : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public string Collection => collection;

    /// <inheritdoc />
    public Task<long> CountAsync(Caller caller, CancellationToken cancellationToken) => store.For<T>(caller).CountAsync(_ => true, cancellationToken);

    /// <inheritdoc />
    public async Task<int> DeleteSomeAsync(Caller caller, int limit, CancellationToken cancellationToken)
    {
        var found = (await store.For<T>(caller).FindAsync(new Query<T> { Limit = limit }, cancellationToken)).Items;
        if (found.Count == 0) { return 0; }
        var batch = new WriteBatch();
        foreach (var record in found) { batch.Delete<T>(caller, record.Id); }
        // Something of it may have expired meanwhile; then the next round finds the rest.
        await store.CommitAsync(batch, cancellationToken);
        return found.Count;
    }
}
