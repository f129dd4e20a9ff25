using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Contracts;

/// <summary>Makes sure once more, before something that cannot be undone, that the person themself is at the keyboard.</summary>
public interface IReauthentication
{
    /// <summary>
    /// The problem, or null where the password is right. Wrong ones count towards the lock of the address. For an account without a password
    /// a sign-in, or another confirmation, of the last quarter of an hour takes its place.
    /// </summary>
    Task<Problem?> CheckAsync(Caller caller, string? password, CancellationToken cancellationToken);
}
