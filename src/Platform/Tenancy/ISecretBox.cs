namespace Platform.Tenancy;

/// <summary>
/// Authenticated encryption for what is stored but must not be read from the store alone: network tokens, signing keys, replies that carry tokens.
/// </summary>
public interface ISecretBox
{
    /// <summary>Encrypts a text so that it opens only with the same <paramref name="aad"/>.</summary>
    /// <param name="plaintext">What to keep secret.</param>
    /// <param name="aad">Where it belongs, such as <c>channel:{organizationId}:{channelId}</c>; not secret, but a sealed text moved elsewhere does not open.</param>
    string Seal(string plaintext, string aad);

    /// <summary>The fingerprints of the keys that are there; the first one seals, all of them open.</summary>
    IReadOnlyList<string> KeyIds { get; }

    /// <summary>What every text begins with that was sealed with the current key.</summary>
    string Prefix { get; }

    /// <summary>Decrypts; throws <see cref="System.Security.Cryptography.CryptographicException"/> where the text was changed, moved, or sealed with a key this installation does not have.</summary>
    string Open(string sealedText, string aad);
}
