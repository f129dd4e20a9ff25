using System.Security.Cryptography;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>The key that signs one kind's access tokens, sealed.</summary>
public sealed record SigningKey : Document, IPlatformOwned
{
    /// <summary>256 bits in base64, sealed.</summary>
    public required string SealedKey { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Signing keys: made at first start, one for customers and one for staff, shared by all copies of the app.</summary>
public sealed class SigningKeyStore(IDocumentStore store, ISecretBox box, TimeProvider time)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<SigningKey> Collection = new("signing_keys");

    private IDocuments<SigningKey> All => store.ForPlatform<SigningKey>(Caller.Platform);

    /// <summary>The key of a kind; made where there is none. Of several copies starting at once, one makes it.</summary>
    public async Task<byte[]> GetAsync(CallerKind kind, CancellationToken cancellationToken)
    {
        var id = $"{kind}-1".ToLowerInvariant();
        var key = await All.GetAsync(id, cancellationToken) ?? await MakeAsync(id, cancellationToken) ?? await All.GetAsync(id, cancellationToken);
        return Convert.FromBase64String(box.Open((key ?? throw new InvalidOperationException("the signing key vanished")).SealedKey, AadOf(id)));
    }

    private async Task<SigningKey?> MakeAsync(string id, CancellationToken cancellationToken)
    {
        var key = new SigningKey { Id = id, SealedKey = box.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), AadOf(id)), CreatedAt = time.GetUtcNow() };
        try { return await All.InsertAsync(key, cancellationToken); }
        catch (DuplicateKeyException) { return null; }
    }

    private static string AadOf(string id) => $"signing-key:{id}";
}
