using Microsoft.AspNetCore.Identity;

namespace Platform.Features.Accounts.Store;

/// <summary>What ASP.NET Core Identity's passkey handler reads: which account a credential belongs to, with key and counter. Writing is our own actions' business.</summary>
public sealed partial class IdentityStore : IUserPasskeyStore<Account>
{
    /// <inheritdoc />
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException("passkeys are written by the actions, with their audit record");

    /// <inheritdoc />
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) => [.. (await passkeys.OfAsync(user.Id, cancellationToken)).Select(Info)];

    /// <inheritdoc />
    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } found ? await accounts.GetAsync(found.UserId, cancellationToken) : null;

    /// <inheritdoc />
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await passkeys.FindAsync(credentialId, cancellationToken) is { } found && found.UserId == user.Id ? Info(found) : null;

    /// <inheritdoc />
    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("passkeys are removed by the actions, with their audit record");

    private static UserPasskeyInfo Info(Passkey p) => new(
        Convert.FromBase64String(p.CredentialId), Convert.FromBase64String(p.PublicKey), p.CreatedAt, (uint)p.SignCount, [.. p.Transports],
        isUserVerified: true, p.IsBackupEligible, p.IsBackedUp, attestationObject: [], clientDataJson: []) { Name = p.Name };
}
