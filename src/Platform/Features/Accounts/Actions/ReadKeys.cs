using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A signing key as staff see it; never the key itself.</summary>
/// <param name="Id">Its id.</param>
/// <param name="For">customers or staff.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="State">coming, signing, checking (old tokens only), over.</param>
public sealed record SigningKeyView(string Id, string For, DateTimeOffset CreatedAt, string State);

/// <summary>The installation's keys.</summary>
/// <param name="Signing">The keys of access tokens, newest first.</param>
/// <param name="MasterKeyId">The fingerprint of the master key that seals now.</param>
/// <param name="OlderKeyIds">The fingerprints of those that only open.</param>
/// <param name="FromSetting">Whether the master key comes from a setting rather than a file.</param>
/// <param name="Sealed">What is sealed, and how much of it with an older key.</param>
public sealed record KeysView(IReadOnlyList<SigningKeyView> Signing, string MasterKeyId, IReadOnlyList<string> OlderKeyIds, bool FromSetting, IReadOnlyList<SealedKind> Sealed);

/// <summary>Shows the installation's keys to staff who may manage staff accounts.</summary>
public sealed class ReadKeys(SigningKeyStore keys, AccessTokens tokens, SealAgain seal, RotateMasterKey master, ISecretBox box, TimeProvider time)
{
    /// <summary>Reads them.</summary>
    public async Task<Result<KeysView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        var counted = await seal.CountAsync(caller, cancellationToken);
        if (!counted.Ok) { return counted.Problem; }
        var signing = new List<SigningKeyView>();
        foreach (var kind in (CallerKind[])[CallerKind.Person, CallerKind.Staff])
        {
            var known = await keys.ListAsync(kind, cancellationToken);
            signing.AddRange(known.Reverse().Select(k => new SigningKeyView(k.Id, kind == CallerKind.Staff ? "staff" : "customers", k.CreatedAt, StateOf(k, known))));
        }
        return new KeysView(signing, box.KeyIds[0], [.. box.KeyIds.Skip(1)], master.IsSetting, counted.Value);
    }

    private string StateOf(OpenSigningKey key, IReadOnlyList<OpenSigningKey> known) =>
        key == tokens.Signing(known) ? "signing" : key.SignsFrom > time.GetUtcNow() ? "coming" : tokens.Good(known).Contains(key) ? "checking" : "over";
}
