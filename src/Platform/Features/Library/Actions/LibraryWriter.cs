using Platform.Features.Audit.Contracts;
using Platform.Features.Library.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Library.Actions;

/// <summary>What both kinds share: names, limits, and each write with its audit record in one batch.</summary>
public sealed class LibraryWriter(LibraryStore store, IAudit audit)
{
    /// <summary>How many of a kind an organization keeps.</summary>
    public const int Most = 500;

    /// <summary>The longest name.</summary>
    public const int LongestName = 80;

    /// <summary>A name that can be one.</summary>
    public static Result<string> NameOf(string? given) => (given ?? "").Trim() switch
    {
        "" => Problem.InvalidField("name", "name_missing", "Give it a name."),
        { Length: > LongestName } => Problem.InvalidField("name", "name_too_long", $"The name is longer than {LongestName} characters. Shorten it."),
        var name => name,
    };

    /// <summary>Adds a record.</summary>
    public async Task<Result<T>> AddAsync<T>(Caller caller, T record, AuditEntry entry, CancellationToken cancellationToken) where T : Document, IOrganizationOwned
    {
        if (await store.CountAsync<T>(caller, cancellationToken) >= Most) { return new Problem(ProblemKind.LimitReached, "library_full", $"There are {Most} already. Remove what is not needed any more."); }
        var batch = new WriteBatch();
        batch.Insert(caller, record);
        audit.Record(batch, caller, entry);
        return await CommitAsync(batch, record, cancellationToken);
    }

    /// <summary>Writes a changed record over the one it was made from.</summary>
    public async Task<Result<T>> ReplaceAsync<T>(Caller caller, T record, AuditEntry entry, CancellationToken cancellationToken) where T : Document, IOrganizationOwned
    {
        var batch = new WriteBatch();
        batch.Replace(caller, record);
        audit.Record(batch, caller, entry);
        return await CommitAsync(batch, record, cancellationToken);
    }

    /// <summary>Removes a record.</summary>
    public async Task<Result<Done>> RemoveAsync<T>(Caller caller, T record, AuditEntry entry, CancellationToken cancellationToken) where T : Document, IOrganizationOwned
    {
        var batch = new WriteBatch();
        batch.Delete<T>(caller, record.Id);
        audit.Record(batch, caller, entry);
        await store.CommitAsync(batch, cancellationToken);
        return Done.Ok;
    }

    private async Task<Result<T>> CommitAsync<T>(WriteBatch batch, T record, CancellationToken cancellationToken) where T : Document, IOrganizationOwned
    {
        try { return await store.CommitAsync(batch, cancellationToken) ? record with { Version = record.Version + 1 } : Problem.VersionMismatch(); }
        catch (DuplicateKeyException) { return Problem.Conflict("name_taken", "There is one with this name already. Choose another."); }
    }
}
