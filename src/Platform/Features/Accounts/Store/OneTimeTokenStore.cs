using Platform.Features.Accounts.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>What a one-time token is for.</summary>
public enum TokenPurpose
{
    /// <summary>Shows that an address is the person's own.</summary>
    VerifyEmail,

    /// <summary>Sets a new password.</summary>
    ResetPassword,

    /// <summary>Shows that a new address is the person's own.</summary>
    ConfirmNewEmail,

    /// <summary>Shows that the owner of the old address agrees to the new one.</summary>
    ConfirmOldEmail,

    /// <summary>Stops a change of the address, from the old one.</summary>
    CancelEmail,

    /// <summary>Signs in somebody who needs no password.</summary>
    MagicLink,
}

/// <summary>A link that works once. Stored under the hash of its token.</summary>
public sealed record OneTimeToken : Document, IPlatformOwned
{
    /// <summary>Whose.</summary>
    public required string UserId { get; init; }

    /// <summary>The address it was mailed to.</summary>
    public required string Email { get; init; }

    /// <summary>What for.</summary>
    public required TokenPurpose Purpose { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when it works.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>One-time tokens.</summary>
public sealed class OneTimeTokenStore(IDocumentStore store, TimeProvider time)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<OneTimeToken> Collection = new Collection<OneTimeToken>("one_time_tokens")
        .Index("by_user", Sort<OneTimeToken>.By(t => t.UserId).ThenBy(t => t.Purpose))
        .Expire("expired", t => t.ExpiresAt, TimeSpan.FromDays(1));

    private IDocuments<OneTimeToken> All => store.ForPlatform<OneTimeToken>(Caller.Platform);

    /// <summary>Adds a token to a batch and returns what goes into the link.</summary>
    public string Stage(WriteBatch batch, Account account, TokenPurpose purpose, TimeSpan lifetime)
    {
        var token = OpaqueToken.New();
        var now = time.GetUtcNow();
        batch.Insert(Caller.Platform, new OneTimeToken { Id = OpaqueToken.Hash(token), UserId = account.Id, Email = account.NormalizedEmail, Purpose = purpose, CreatedAt = now, ExpiresAt = now + lifetime });
        return token;
    }

    /// <summary>Uses a token: exactly one caller gets it, once, before it expires.</summary>
    public Task<OneTimeToken?> UseAsync(string token, TokenPurpose purpose, CancellationToken cancellationToken)
    {
        var (id, now) = (OpaqueToken.Hash(token), time.GetUtcNow());
        return All.UpdateOneAsync(
            t => t.Id == id && t.Purpose == purpose && t.UsedAt == null && t.ExpiresAt > now, new Update<OneTimeToken>().Set(t => t.UsedAt, now), cancellationToken: cancellationToken);
    }

    /// <summary>Whose a token is that would work now; null where it would not.</summary>
    public async Task<string?> OwnerAsync(string? token, TokenPurpose purpose, CancellationToken cancellationToken) =>
        await All.GetAsync(OpaqueToken.Hash(token ?? ""), cancellationToken) is { UsedAt: null } found && found.Purpose == purpose && found.ExpiresAt > time.GetUtcNow() ? found.UserId : null;

    /// <summary>How many were made for a user since a moment.</summary>
    public Task<long> CountAsync(string userId, TokenPurpose purpose, DateTimeOffset since, CancellationToken cancellationToken) =>
        All.CountAsync(t => t.UserId == userId && t.Purpose == purpose && t.CreatedAt > since, cancellationToken);

    /// <summary>Makes all of a user's tokens of a purpose useless.</summary>
    public Task CancelAsync(string userId, TokenPurpose purpose, CancellationToken cancellationToken) =>
        All.DeleteManyAsync(t => t.UserId == userId && t.Purpose == purpose && t.UsedAt == null, cancellationToken);
}
