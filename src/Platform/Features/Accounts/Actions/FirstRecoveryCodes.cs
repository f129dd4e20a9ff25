using Platform.Features.Accounts.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Recovery codes for who gets a second factor and has none: they are the way back where the factor is lost. A mailed link sets a new password, a recovery code
/// answers for the factor; the mailbox alone opens nothing.
/// </summary>
public sealed class FirstRecoveryCodes(TwoFactorStore store, RecoveryCodeFactor codes)
{
    /// <summary>Adds a set to the batch; null where the account has codes.</summary>
    public async Task<IReadOnlyList<string>?> StageAsync(WriteBatch batch, Account account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var record = await store.NeedAsync(account.Id, cancellationToken);
        if (record.RecoveryHashes.Count > 0) { return null; }
        var (set, renewed) = codes.Renew(record, now);
        batch.Replace(Caller.Platform, renewed);
        return set;
    }
}
