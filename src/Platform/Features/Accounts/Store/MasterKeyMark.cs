using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>Which master key this installation's secrets are sealed with: its fingerprint, never the key. A copy with another key must not start.</summary>
public sealed record MasterKeyMark : Document, IPlatformOwned
{
    /// <summary>The only id.</summary>
    public const string TheId = "master-key";

    /// <summary>The collection.</summary>
    public static readonly Collection<MasterKeyMark> Collection = new("master_key_marks");

    /// <summary>The fingerprint (<see cref="ISecretBox.KeyIds"/>).</summary>
    public required string KeyId { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The one mark of the installation.</summary>
public sealed class MasterKeyMarks(IDocumentStore store)
{
    private IDocuments<MasterKeyMark> All => store.ForPlatform<MasterKeyMark>(Caller.Platform);

    /// <summary>The mark; made with this key where there is none. Of several copies that start at once the first one's counts.</summary>
    public async Task<MasterKeyMark> EnsureAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await All.GetAsync(MasterKeyMark.TheId, cancellationToken) is { } known) { return known; }
        var mark = new MasterKeyMark { Id = MasterKeyMark.TheId, KeyId = keyId, At = now };
        try { await All.InsertAsync(mark, cancellationToken); return mark; }
        catch (DuplicateKeyException) { return await All.GetAsync(MasterKeyMark.TheId, cancellationToken) ?? mark; }
    }

    /// <summary>The installation has another key from now on.</summary>
    public Task ChangeAsync(MasterKeyMark mark, string keyId, DateTimeOffset now, CancellationToken cancellationToken) =>
        All.TryReplaceAsync(mark with { KeyId = keyId, At = now }, cancellationToken);
}
