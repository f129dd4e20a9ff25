using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <inheritdoc cref="IReauthentication" />
public sealed class Reauthentication(OwnIdentity own, ConfirmIdentity confirm) : IReauthentication
{
    /// <inheritdoc />
    public async Task<Problem?> CheckAsync(Caller caller, string? password, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (found.Value.PasswordHash is null) { return (await own.FindFreshAsync(caller, cancellationToken)).Problem; }
        return string.IsNullOrEmpty(password)
            ? Problem.InvalidField("password", "password_missing", "Give your password to confirm.")
            : await confirm.CheckPasswordAsync(found.Value, password, cancellationToken);
    }
}
