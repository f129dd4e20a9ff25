using System.Security.Cryptography;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A key that signs one kind's access tokens, sealed. Its id is the kind and a suffix: <c>person-1</c>, <c>staff-…</c>.</summary>
public sealed record SigningKey : Document, IPlatformOwned
{
    /// <summary>256 bits in base64, sealed.</summary>
    public required string SealedKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when it signs; a little later than it was made, so that every copy of the app knows it by then. Null: from the beginning.</summary>
    public DateTimeOffset? SignsFrom { get; init; }

    /// <summary>What the sealed key is bound to.</summary>
    public static string AadOf(string id) => $"signing-key:{id}";
}

/// <summary>A signing key, opened.</summary>
public sealed record OpenSigningKey(string Id, byte[] Key, DateTimeOffset CreatedAt, DateTimeOffset SignsFrom);

/// <summary>Signing keys: made at first start, for customers and for staff, shared by all copies of the app; newer ones take turns.</summary>
public sealed class SigningKeyStore(IDocumentStore store, ISecretBox box, TimeProvider time)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<SigningKey> Collection = new("signing_keys");

    private IDocuments<SigningKey> All => store.ForPlatform<SigningKey>(Caller.Platform);

    /// <summary>The keys of a kind, oldest first; the first is made where there is none. Of several copies starting at once, one makes it.</summary>
    public async Task<IReadOnlyList<OpenSigningKey>> ListAsync(CallerKind kind, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(kind, cancellationToken);
        if (found.Count > 0) { return found; }
        await InsertAsync(New($"{Prefix(kind)}1", null), cancellationToken);
        return await ReadAsync(kind, cancellationToken);
    }

    /// <summary>A new key of a kind, for a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="kind">Customers' or staff's.</param>
    /// <param name="signsFrom">From when it signs.</param>
    public string Stage(WriteBatch batch, CallerKind kind, DateTimeOffset signsFrom)
    {
        var key = New(Prefix(kind) + Primitives.Ids.New(time.GetUtcNow()), signsFrom);
        batch.Insert(Caller.Platform, key);
        return key.Id;
    }

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    /// <summary>Deletes a key that no living token was signed with.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => All.DeleteAsync(id, cancellationToken);

    private async Task<IReadOnlyList<OpenSigningKey>> ReadAsync(CallerKind kind, CancellationToken cancellationToken)
    {
        var prefix = Prefix(kind);
        var keys = (await All.FindAsync(new Query<SigningKey> { Filter = k => k.Id.StartsWith(prefix), Limit = 1000 }, cancellationToken)).Items;
        return [.. keys.Select(k => new OpenSigningKey(k.Id, Convert.FromBase64String(box.Open(k.SealedKey, SigningKey.AadOf(k.Id))), k.CreatedAt, k.SignsFrom ?? DateTimeOffset.MinValue)).OrderBy(k => k.SignsFrom).ThenBy(k => k.Id)];
    }

    private SigningKey New(string id, DateTimeOffset? signsFrom) =>
        new() { Id = id, SealedKey = box.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), SigningKey.AadOf(id)), CreatedAt = time.GetUtcNow(), SignsFrom = signsFrom };

    private async Task InsertAsync(SigningKey key, CancellationToken cancellationToken)
    {
        try { await All.InsertAsync(key, cancellationToken); }
        catch (DuplicateKeyException) { /* another copy made it: it counts */ }
    }

    private static string Prefix(CallerKind kind) => $"{kind}-".ToLowerInvariant();
}
