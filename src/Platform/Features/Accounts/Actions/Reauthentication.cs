using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <inheritdoc cref="IReauthentication" />
public sealed class Reauthentication(AccountStore accounts, SessionStore sessions, FailureStore failures, IPasswordHasher<Account> hasher, IAudit audit, TimeProvider time) : IReauthentication
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <inheritdoc />
    public async Task<Problem?> CheckAsync(Caller caller, string? password, CancellationToken cancellationToken)
    {
        if (caller is not { IsInPerson: true, UserId: { } user } || await accounts.GetAsync(user, cancellationToken) is not { } account) { return Problem.Forbidden(); }
        if (account.PasswordHash is not { } hash) { return await IsFreshAsync(caller, cancellationToken) ? null : SignInAgain(); }
        if (await failures.LockedForAsync(account.Kind, account.NormalizedEmail, cancellationToken) is { } left)
        {
            return new Problem(ProblemKind.TooManyRequests, "locked_out", "Too many wrong passwords. Try again later.") { RetryAfter = left };
        }
        if (!string.IsNullOrEmpty(password) && hasher.VerifyHashedPassword(account, hash, password) != PasswordVerificationResult.Failed) { return null; }
        if (string.IsNullOrEmpty(password)) { return Problem.InvalidField("password", "password_missing", "Give your password to confirm."); }
        var locked = await failures.AddAsync(account.Kind, account.NormalizedEmail, cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry(locked ? "sign_in.locked" : "reauthentication.failed", "user", account.Id), cancellationToken);
        return Problem.InvalidField("password", "wrong_password", "This is not your password.");
    }

    private async Task<bool> IsFreshAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.SessionId is { } id && await sessions.GetAsync(id, cancellationToken) is { RevokedAt: null } session && time.GetUtcNow() - session.CreatedAt < Fresh;

    private static Problem SignInAgain() => new(ProblemKind.Forbidden, "sign_in_again", "Sign out, sign in again and repeat this within ten minutes: your account has no password to confirm with.");
}
