using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A key for programs. It acts as the member who made it, within its scopes and that member's role of the moment; its text is kept only as a hash.</summary>
public sealed record ApiKey : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The member who made it.</summary>
    public required string UserId { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>The permissions that it is limited to.</summary>
    public required IReadOnlyList<Permission> Scopes { get; init; }

    /// <summary>SHA-256 of the text: it has 256 random bits, there is nothing to guess.</summary>
    public required string SecretHash { get; init; }

    /// <summary>The prefix and the last four characters.</summary>
    public required string Hint { get; init; }

    /// <summary>Whether its maker had signed in with two factors: an organization that demands them accepts only such keys.</summary>
    public bool TwoFactors { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Last use, to five minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>From where.</summary>
    public string? LastUsedFrom { get; init; }

    /// <summary>When somebody ended it.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>The keys.</summary>
public sealed class ApiKeyStore(IDocumentStore store)
{
    /// <summary>The collection. Revoked keys are shown for a while.</summary>
    public static readonly Collection<ApiKey> Collection = new Collection<ApiKey>("api_keys")
        .Unique("by_secret", Sort<ApiKey>.By(k => k.SecretHash), acrossOrganizations: true)
        .Index("newest", Sort<ApiKey>.ByDescending(k => k.CreatedAt))
        .Expire("revoked", k => k.RevokedAt, TimeSpan.FromDays(90));

    /// <summary>The key with this hash; null where there is none.</summary>
    public Task<ApiKey?> BySecretAsync(string hash, CancellationToken cancellationToken) =>
        store.ForPlatform<ApiKey>(Caller.Platform).FirstAsync(k => k.SecretHash == hash, cancellationToken: cancellationToken);

    /// <summary>Remembers a use.</summary>
    public Task UsedAsync(string id, DateTimeOffset at, string? from, CancellationToken cancellationToken) => store.ForPlatform<ApiKey>(Caller.Platform).UpdateOneAsync(
        k => k.Id == id, new Update<ApiKey>().Set(k => k.LastUsedAt, at).Set(k => k.LastUsedFrom, from), cancellationToken: cancellationToken);

    /// <summary>One of the caller's organization.</summary>
    public Task<ApiKey?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<ApiKey>(caller).GetAsync(id, cancellationToken);

    /// <summary>All of the caller's organization, newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        (await store.For<ApiKey>(caller).FindAsync(new Query<ApiKey> { Sort = Sort<ApiKey>.ByDescending(k => k.CreatedAt), Limit = 1000 }, cancellationToken)).Items;

    /// <summary>How many of the caller's organization are not revoked.</summary>
    public Task<long> CountAsync(Caller caller, CancellationToken cancellationToken) => store.For<ApiKey>(caller).CountAsync(k => k.RevokedAt == null, cancellationToken);

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);
}
