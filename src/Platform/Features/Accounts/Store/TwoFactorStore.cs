using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>An account's authenticator app and recovery codes; its id is the account's.</summary>
public sealed record TwoFactor : Document, IPlatformOwned
{
    /// <summary>The secret that codes are made of, sealed for this account; null: no app.</summary>
    public string? SealedSecret { get; init; }

    /// <summary>Since when codes are asked for.</summary>
    public DateTimeOffset? EnabledAt { get; init; }

    /// <summary>A secret that was shown and not verified yet, sealed for this account.</summary>
    public string? PendingSecret { get; init; }

    /// <summary>When it was shown.</summary>
    public DateTimeOffset? PendingAt { get; init; }

    /// <summary>The step of the last code that was accepted; that and earlier ones are over.</summary>
    public long LastStep { get; init; }

    /// <summary>The salt of the recovery codes.</summary>
    public string? RecoverySalt { get; init; }

    /// <summary>The rounds of their hashes.</summary>
    public int RecoveryRounds { get; init; }

    /// <summary>The hashes of those that are left.</summary>
    public IReadOnlyList<string> RecoveryHashes { get; init; } = [];

    /// <summary>When the set was made.</summary>
    public DateTimeOffset? RecoveryMadeAt { get; init; }

    /// <summary>What a secret is sealed with, so that one account's cannot be put under another's.</summary>
    public static string AadOf(string accountId) => $"totp:{accountId}";
}

/// <summary>Authenticator apps and recovery codes.</summary>
public sealed class TwoFactorStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<TwoFactor> Collection = new("two_factors");

    private IDocuments<TwoFactor> All => store.ForPlatform<TwoFactor>(Caller.Platform);

    /// <summary>An account's; null where it never had any.</summary>
    public Task<TwoFactor?> GetAsync(string accountId, CancellationToken cancellationToken) => All.GetAsync(accountId, cancellationToken);

    /// <summary>The ids of an account's passkeys, for taking every second factor off.</summary>
    public async Task<IReadOnlyList<string>> PasskeysAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await store.ForPlatform<Passkey>(Caller.Platform).FindAsync(new Query<Passkey> { Filter = p => p.UserId == accountId, Limit = PasskeyStore.Most }, cancellationToken)).Items.Select(p => p.Id)];

    /// <summary>An account's; made where there is none.</summary>
    public async Task<TwoFactor> NeedAsync(string accountId, CancellationToken cancellationToken)
    {
        if (await GetAsync(accountId, cancellationToken) is { } found) { return found; }
        try { return await All.InsertAsync(new TwoFactor { Id = accountId }, cancellationToken); }
        catch (DuplicateKeyException) { return (await GetAsync(accountId, cancellationToken))!; }
    }

    /// <summary>Keeps a secret that was shown; replaces an earlier one that was not verified.</summary>
    public Task PendAsync(string accountId, string sealedSecret, DateTimeOffset at, CancellationToken cancellationToken) => All.UpdateOneAsync(
        t => t.Id == accountId, new Update<TwoFactor>().Set(t => t.PendingSecret, sealedSecret).Set(t => t.PendingAt, at), cancellationToken: cancellationToken);

    /// <summary>Uses a step up: of any number of callers with codes of one step, exactly one is told true.</summary>
    public async Task<bool> UseStepAsync(string accountId, long step, CancellationToken cancellationToken) => await All.UpdateOneAsync(
        t => t.Id == accountId && t.SealedSecret != null && t.LastStep < step, new Update<TwoFactor>().Set(t => t.LastStep, step), cancellationToken: cancellationToken) is not null;

    /// <summary>Uses a recovery code up: of any number of callers exactly one gets what is left, the others null.</summary>
    public Task<TwoFactor?> UseRecoveryAsync(string accountId, string hash, CancellationToken cancellationToken) => All.UpdateOneAsync(
        t => t.Id == accountId && t.RecoveryHashes.Contains(hash), new Update<TwoFactor>().Pull(t => t.RecoveryHashes, hash), cancellationToken: cancellationToken);
}
