using System.Security.Cryptography;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>The key that proves hashes: made with the first entry, kept sealed with the master key, the same for good.</summary>
public sealed class AuditKeyStore(IDocumentStore store, ISecretBox box)
{
    private byte[]? _key;

    private IDocuments<AuditKey> All => store.ForPlatform<AuditKey>(Caller.Platform);

    /// <summary>The key; null where it was never made, or was taken away.</summary>
    public async Task<byte[]?> FindAsync(CancellationToken cancellationToken)
    {
        if (_key is not null) { return _key; }
        return await All.GetAsync(AuditKey.TheId, cancellationToken) is { } record ? _key = Convert.FromBase64String(box.Open(record.SealedKey, AuditKey.AadOf(record.Id))) : null;
    }

    /// <summary>Makes the key; of several copies at once, one. Only while there is no entry: a lost key is never replaced in silence.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var key = new AuditKey { Id = AuditKey.TheId, SealedKey = box.Seal(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), AuditKey.AadOf(AuditKey.TheId)) };
        try { await All.InsertAsync(key, cancellationToken); }
        catch (DuplicateKeyException) { /* another copy made it: it counts */ }
    }
}
