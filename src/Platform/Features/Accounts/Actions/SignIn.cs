using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>An address and a password.</summary>
public sealed record SignInRequest(string Email, string Password);

/// <summary>
/// Signs in. An unknown address, a wrong password and a suspended account answer alike and take alike long; failures lock by the rules of
/// <see cref="SignInLocks"/>, whether there is an account or not.
/// </summary>
public sealed class SignIn(AccountStore accounts, SignInLocks locks, IPasswordHasher<Account> hasher, FinishSignIn finish, StaffNetworks networks, IAudit audit)
{
    /// <summary>Signs in an account of the kind, or asks for its second factor.</summary>
    public async Task<Result<SignInOutcome>> RunAsync(CallerKind kind, Caller caller, SignInRequest request, Device device, CancellationToken cancellationToken)
    {
        if (await networks.ObjectionAsync(kind, caller.Address, cancellationToken) is { } elsewhere) { return elsewhere; }
        if (Credentials.Normalize(request.Email) is not { } email) { return Wrong(); }
        var account = await accounts.ByEmailAsync(kind, email, cancellationToken);
        if (await locks.LeftAsync(kind, email, account, caller.Address, cancellationToken) is { } left) { return Locked(left); }
        var verdict = Verify(account, request.Password);
        if (account is null || verdict == PasswordVerificationResult.Failed || account.Suspended) { return await FailedAsync(kind, email, account, caller, cancellationToken); }
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded) { await RehashAsync(account, request.Password, cancellationToken); }
        await locks.ClearAsync(kind, email, caller.Address, cancellationToken);
        return await finish.StartOrChallengeAsync(account, caller, device, [SignInMethods.Password], cancellationToken);
    }

    private PasswordVerificationResult Verify(Account? account, string password)
    {
        if (account?.PasswordHash is { } hash) { return hasher.VerifyHashedPassword(account, hash, password); }
        // Nobody to compare with: do the same work, so that the time tells nothing.
        hasher.HashPassword(null!, password);
        return PasswordVerificationResult.Failed;
    }

    private async Task<Problem> FailedAsync(CallerKind kind, string email, Account? account, Caller caller, CancellationToken cancellationToken)
    {
        var locked = await locks.AddAsync(kind, email, caller.Address, cancellationToken);
        if (account is not null)
        {
            await audit.RecordAsync(caller, new AuditEntry(locked ? "sign_in.locked" : "sign_in.failed", "user", account.Id), cancellationToken);
        }
        return Wrong();
    }

    private async Task RehashAsync(Account account, string password, CancellationToken cancellationToken)
    {
        account.PasswordHash = hasher.HashPassword(account, password);
        await accounts.ReplaceAsync(account, cancellationToken);
    }

    private static Problem Wrong() => new(ProblemKind.Unauthenticated, "invalid_credentials", "The address or the password is not right. Try again, or reset the password.");

    /// <summary>Too many wrong passwords.</summary>
    internal static Problem Locked(TimeSpan left) =>
        new(ProblemKind.TooManyRequests, "locked_out", $"Too many wrong passwords. Try again in {Math.Max(1, (int)Math.Ceiling(left.TotalMinutes))} minutes, or reset the password.") { RetryAfter = left };
}
