using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Who may still try a password. A few wrong ones in a row lock the pair of account and network address; many, from wherever, lock the account for all
/// strangers. An address that the account was signed in from before is no stranger: so nobody who only knows an e-mail address can lock its owner out.
/// Accounts that do not exist lock alike.
/// </summary>
public sealed class SignInLocks(FailureStore failures, SessionStore sessions, IOptions<AccountsOptions> options)
{
    private const int ManyTimes = 10;

    /// <summary>How long this address may not try this account; null where it may.</summary>
    public async Task<TimeSpan?> LeftAsync(CallerKind kind, string email, Account? account, string? address, CancellationToken cancellationToken)
    {
        if (await failures.LockedForAsync(kind, PairOf(email, address), cancellationToken) is { } left) { return left; }
        if (await failures.LockedForAsync(kind, email, cancellationToken) is not { } all) { return null; }
        return account is not null && await IsKnownAsync(account.Id, address, cancellationToken) ? null : all;
    }

    /// <summary>Counts a wrong password; true where it is the one that locks.</summary>
    public async Task<bool> AddAsync(CallerKind kind, string email, string? address, CancellationToken cancellationToken)
    {
        var pair = await failures.AddAsync(kind, PairOf(email, address), options.Value.LockoutFailures, cancellationToken);
        return await failures.AddAsync(kind, email, options.Value.LockoutFailures * ManyTimes, cancellationToken) || pair;
    }

    /// <summary>Forgets them after a good sign-in or a new password.</summary>
    public async Task ClearAsync(CallerKind kind, string email, string? address, CancellationToken cancellationToken)
    {
        await failures.ClearAsync(kind, PairOf(email, address), cancellationToken);
        await failures.ClearAsync(kind, email, cancellationToken);
    }

    private async Task<bool> IsKnownAsync(string userId, string? address, CancellationToken cancellationToken)
    {
        var here = Addresses.CountedAs(address);
        return here.Length > 0 && (await sessions.RecentAsync(userId, cancellationToken)).Any(s => Addresses.CountedAs(s.Address) == here);
    }

    private static string PairOf(string email, string? address) => $"{email}|{Addresses.CountedAs(address)}";
}
