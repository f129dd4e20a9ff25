using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>The accounts.</summary>
public sealed class AccountStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<Account> Collection = new Collection<Account>("accounts")
        .Unique("by_email", Sort<Account>.By(a => a.Kind).ThenBy(a => a.NormalizedEmail))
        .Index("by_creation", Sort<Account>.By(a => a.Kind).ThenByDescending(a => a.CreatedAt));

    private IDocuments<Account> All => store.ForPlatform<Account>(Caller.Platform);

    /// <summary>One by id.</summary>
    public Task<Account?> GetAsync(string id, CancellationToken cancellationToken) => All.GetAsync(id, cancellationToken);

    /// <summary>One by address.</summary>
    public Task<Account?> ByEmailAsync(CallerKind kind, string normalizedEmail, CancellationToken cancellationToken) =>
        All.FirstAsync(a => a.Kind == kind && a.NormalizedEmail == normalizedEmail, cancellationToken: cancellationToken);

    /// <summary>Customers by id; at most 200.</summary>
    public async Task<IReadOnlyList<Account>> PeopleAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) { return []; }
        var wanted = ids.Distinct().Take(200).ToList();
        return (await All.FindAsync(new Query<Account> { Filter = a => wanted.Contains(a.Id), Limit = 200 }, cancellationToken)).Items;
    }

    /// <summary>A page, newest first.</summary>
    public Task<Page<Account>> ListAsync(CallerKind kind, string? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var text = search?.Trim().ToLowerInvariant();
        return All.FindAsync(
            new Query<Account>
            {
                Filter = string.IsNullOrEmpty(text) ? a => a.Kind == kind : a => a.Kind == kind && a.SearchText.Contains(text),
                Sort = Sort<Account>.ByDescending(a => a.CreatedAt),
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken);
    }

    /// <summary>How many of a kind there are.</summary>
    public Task<long> CountAsync(CallerKind kind, CancellationToken cancellationToken) => All.CountAsync(a => a.Kind == kind, cancellationToken);

    /// <summary>How many staff accounts of a role can sign in.</summary>
    public Task<long> CountActiveAsync(StaffRole role, CancellationToken cancellationToken) =>
        All.CountAsync(a => a.Kind == CallerKind.Staff && a.StaffRole == role && a.Suspended == false && a.PasswordHash != null, cancellationToken);

    /// <summary>The record of the first staff account; changes of who is SuperAdmin are serialized by its version.</summary>
    public Task<SetupMarker?> SetupMarkerAsync(CancellationToken cancellationToken) => store.ForPlatform<SetupMarker>(Caller.Platform).GetAsync(SetupMarker.TheId, cancellationToken);

    /// <summary>Writes a changed account; null where it changed meanwhile.</summary>
    public Task<Account?> ReplaceAsync(Account account, CancellationToken cancellationToken) => All.TryReplaceAsync(account, cancellationToken);

    /// <summary>Adds an account.</summary>
    public Task InsertAsync(Account account, CancellationToken cancellationToken) => All.InsertAsync(account, cancellationToken);

    /// <summary>Removes an account.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => All.DeleteAsync(id, cancellationToken);

    /// <summary>Remembers that somebody signed in.</summary>
    public Task SignedInAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(a => a.Id == id, new Update<Account>().Set(a => a.LastSignInAt, at), cancellationToken: cancellationToken);

    /// <summary>Marks an address as the person's own, where it still is the account's.</summary>
    public Task<Account?> VerifyAsync(string id, string normalizedEmail, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(a => a.Id == id && a.NormalizedEmail == normalizedEmail, new Update<Account>().Set(a => a.EmailVerified, true), cancellationToken: cancellationToken);

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);
}
