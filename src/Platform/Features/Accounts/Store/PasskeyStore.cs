using Platform.Features.Accounts.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A passkey (WebAuthn credential). Its id is made of the credential's, so that one credential opens one account only.</summary>
public sealed record Passkey : Document, IPlatformOwned
{
    /// <summary>The account it opens.</summary>
    public required string UserId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The credential's id, base64.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The public key, COSE, base64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The authenticator's counter at the last use; one that does not grow is a copy.</summary>
    public long SignCount { get; init; }

    /// <summary>How the authenticator can be reached.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>Whether it may be synchronized between devices.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>Whether it is.</summary>
    public bool IsBackedUp { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody last came in with it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The id of a credential.</summary>
    public static string IdOf(byte[] credentialId) => OpaqueToken.Hash(Convert.ToBase64String(credentialId));
}

/// <summary>A question to an authenticator, not answered yet. Stored under the hash of its token; used once.</summary>
public sealed record PasskeyCeremony : Document, IPlatformOwned
{
    /// <summary>Whose account it is for; null: whoever's passkey answers.</summary>
    public string? UserId { get; init; }

    /// <summary>Person or Staff.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>Whether a new passkey is made.</summary>
    public required bool Making { get; init; }

    /// <summary>What the check needs: the challenge and what was asked.</summary>
    public required string State { get; init; }

    /// <summary>Until when it can be answered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Passkeys, and the questions to authenticators.</summary>
public sealed class PasskeyStore(IDocumentStore store, TimeProvider time)
{
    /// <summary>The passkeys.</summary>
    public static readonly Collection<Passkey> Collection = new Collection<Passkey>("passkeys").Index("by_user", Sort<Passkey>.By(p => p.UserId).ThenBy(p => p.CreatedAt));

    /// <summary>The questions.</summary>
    public static readonly Collection<PasskeyCeremony> Ceremonies = new Collection<PasskeyCeremony>("passkey_ceremonies").Expire("expired", c => c.ExpiresAt, TimeSpan.FromHours(1));

    /// <summary>How many an account may have.</summary>
    public const int Most = 20;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private IDocuments<Passkey> All => store.ForPlatform<Passkey>(Caller.Platform);

    private IDocuments<PasskeyCeremony> Questions => store.ForPlatform<PasskeyCeremony>(Caller.Platform);

    /// <summary>Those of an account, oldest first.</summary>
    public async Task<IReadOnlyList<Passkey>> OfAsync(string userId, CancellationToken cancellationToken) =>
        (await All.FindAsync(new Query<Passkey> { Filter = p => p.UserId == userId, Sort = Sort<Passkey>.By(p => p.CreatedAt), Limit = Most }, cancellationToken)).Items;

    /// <summary>One by its credential.</summary>
    public Task<Passkey?> FindAsync(byte[] credentialId, CancellationToken cancellationToken) => All.GetAsync(Passkey.IdOf(credentialId), cancellationToken);

    /// <summary>Gives another name; null where it is not the account's.</summary>
    public Task<Passkey?> RenameAsync(string userId, string id, string name, CancellationToken cancellationToken) =>
        All.UpdateOneAsync(p => p.Id == id && p.UserId == userId, new Update<Passkey>().Set(p => p.Name, name), cancellationToken: cancellationToken);

    /// <summary>Remembers a use. Of several with the same counter at once, one is told true; authenticators that do not count send zero for ever.</summary>
    public async Task<bool> UsedAsync(Passkey passkey, long signCount, bool backedUp, CancellationToken cancellationToken)
    {
        var (id, before, now) = (passkey.Id, passkey.SignCount, time.GetUtcNow());
        return await All.UpdateOneAsync(
            p => p.Id == id && p.SignCount == before, new Update<Passkey>().Set(p => p.SignCount, signCount).Set(p => p.IsBackedUp, backedUp).Set(p => p.LastUsedAt, now), cancellationToken: cancellationToken) is not null;
    }

    /// <summary>Keeps a question and returns its token.</summary>
    public async Task<string> AskAsync(string? userId, CallerKind kind, bool making, string state, CancellationToken cancellationToken)
    {
        var token = OpaqueToken.New();
        await Questions.InsertAsync(new PasskeyCeremony { Id = OpaqueToken.Hash(token), UserId = userId, Kind = kind, Making = making, State = state, ExpiresAt = time.GetUtcNow() + Lifetime }, cancellationToken);
        return token;
    }

    /// <summary>Takes a question back: exactly one caller gets it, once, before its time is up.</summary>
    public async Task<PasskeyCeremony?> TakeAsync(string token, CallerKind kind, bool making, CancellationToken cancellationToken)
    {
        var found = await Questions.GetAsync(OpaqueToken.Hash(token), cancellationToken);
        if (found is null || found.Kind != kind || found.Making != making || found.ExpiresAt <= time.GetUtcNow()) { return null; }
        return await Questions.DeleteAsync(found.Id, cancellationToken) ? found : null;
    }
}
