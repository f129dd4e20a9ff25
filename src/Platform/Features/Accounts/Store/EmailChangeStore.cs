using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A change of an account's address that waits for both addresses; its id is the account's, so there is one at a time.</summary>
public sealed record EmailChange : Document, IPlatformOwned
{
    /// <summary>The new address as given.</summary>
    public required string NewEmail { get; init; }

    /// <summary>The new address as compared.</summary>
    public required string NormalizedNewEmail { get; init; }

    /// <summary>When the new address was confirmed.</summary>
    public DateTimeOffset? NewConfirmedAt { get; init; }

    /// <summary>When the old address agreed.</summary>
    public DateTimeOffset? OldConfirmedAt { get; init; }

    /// <summary>Until when both must have.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Changes of addresses that wait.</summary>
public sealed class EmailChangeStore(IDocumentStore store, TimeProvider time)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<EmailChange> Collection = new Collection<EmailChange>("email_changes").Expire("expired", c => c.ExpiresAt, TimeSpan.FromDays(1));

    private IDocuments<EmailChange> All => store.ForPlatform<EmailChange>(Caller.Platform);

    /// <summary>The one of an account; null where none waits.</summary>
    public async Task<EmailChange?> GetAsync(string accountId, CancellationToken cancellationToken) =>
        await All.GetAsync(accountId, cancellationToken) is { } found && found.ExpiresAt > time.GetUtcNow() ? found : null;

    /// <summary>Takes the place of an earlier one.</summary>
    public async Task StartAsync(EmailChange change, CancellationToken cancellationToken)
    {
        await All.DeleteAsync(change.Id, cancellationToken);
        await All.InsertAsync(change, cancellationToken);
    }

    /// <summary>Remembers that an address said yes; null where the change is over or is another by now.</summary>
    public Task<EmailChange?> ConfirmAsync(string accountId, string normalizedNewEmail, bool byNew, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var update = byNew ? new Update<EmailChange>().Set(c => c.NewConfirmedAt, now) : new Update<EmailChange>().Set(c => c.OldConfirmedAt, now);
        return All.UpdateOneAsync(c => c.Id == accountId && c.NormalizedNewEmail == normalizedNewEmail && c.ExpiresAt > now, update, cancellationToken: cancellationToken);
    }

    /// <summary>Forgets it; true where there was one.</summary>
    public Task<bool> EndAsync(string accountId, CancellationToken cancellationToken) => All.DeleteAsync(accountId, cancellationToken);
}
