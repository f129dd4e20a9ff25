using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Asks for a link that sets a new password.</summary>
public sealed class ForgotPassword(OneTimeTokenStore tokens, AccountStore accounts, AccountMail mail, IAudit audit, TimeProvider time)
{
    private const int MostPerHour = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Sends the link where the address has an account, at most three an hour; answers the same in any case.</summary>
    public async Task<Result<Done>> RunAsync(CallerKind kind, Caller caller, string? email, CancellationToken cancellationToken)
    {
        if (Credentials.Normalize(email) is not { } normalized) { return Credentials.WrongEmail(); }
        if (await accounts.ByEmailAsync(kind, normalized, cancellationToken) is not { Suspended: false } account) { return Done.Ok; }
        if (await tokens.CountAsync(account.Id, TokenPurpose.ResetPassword, time.GetUtcNow().AddHours(-1), cancellationToken) >= MostPerHour) { return Done.Ok; }
        var batch = new WriteBatch();
        audit.Record(batch, caller, new AuditEntry("account.password_reset_asked", "user", account.Id));
        mail.StageReset(batch, account, tokens.Stage(batch, account, TokenPurpose.ResetPassword, Lifetime));
        await accounts.CommitAsync(batch, cancellationToken);
        mail.Sent();
        return Done.Ok;
    }
}

/// <summary>A new password by a mailed link.</summary>
public sealed record ResetPasswordRequest(string Token, string NewPassword);

/// <summary>Sets a new password by a mailed link. Ends all sessions, lifts a lock, and counts as proof of the address.</summary>
public sealed class ResetPassword(OneTimeTokenStore tokens, AccountChanges changes, AccountStore accounts, PasswordPolicy policy)
{
    /// <summary>Sets it.</summary>
    public async Task<Result<Done>> RunAsync(CallerKind kind, Caller caller, ResetPasswordRequest request, CancellationToken cancellationToken)
    {
        // The password is looked at first, so that a weak one does not use up the link.
        if (policy.Check(request.NewPassword, kind, await ContextAsync(request.Token, cancellationToken), "newPassword") is { } weak) { return weak; }
        if (await tokens.UseAsync(request.Token, TokenPurpose.ResetPassword, cancellationToken) is not { } used) { return Stale(); }
        if (await accounts.GetAsync(used.UserId, cancellationToken) is not { Suspended: false } account || account.Kind != kind || account.NormalizedEmail != used.Email) { return Stale(); }
        account.EmailVerified = true;
        await changes.SetPasswordAsync(account, request.NewPassword, caller, exceptSession: "", cancellationToken);
        await tokens.CancelAsync(account.Id, TokenPurpose.ResetPassword, cancellationToken);
        return Done.Ok;
    }

    private async Task<IReadOnlyList<string>> ContextAsync(string token, CancellationToken cancellationToken) =>
        await tokens.OwnerAsync(token, TokenPurpose.ResetPassword, cancellationToken) is { } owner && await accounts.GetAsync(owner, cancellationToken) is { } account ? PasswordPolicy.ContextOf(account) : [];

    private static Problem Stale() => Problem.InvalidField("token", "invalid_token", "This link was used already or is too old. Ask for a new one.");
}

/// <summary>Changes of credentials and what follows from them.</summary>
public sealed class AccountChanges(AccountStore accounts, SignInLocks locks, IPasswordHasher<Account> hasher, SecurityMail mail, Sessions sessions, IAudit audit)
{
    /// <summary>Stores the new password with a new stamp, tells the owner by mail, ends the sessions but for one if it is named.</summary>
    public async Task SetPasswordAsync(Account account, string password, Caller caller, string exceptSession, CancellationToken cancellationToken)
    {
        account.PasswordHash = hasher.HashPassword(account, password);
        account.SecurityStamp = OpaqueToken.New();
        var batch = new WriteBatch().Replace(Caller.Platform, account);
        // The session that goes on gets the new stamp in the same write, or it would end for a moment.
        var stamp = account.SecurityStamp;
        if (exceptSession.Length > 0) { batch.Update(Caller.Platform, s => s.Id == exceptSession, new Update<Session>().Set(s => s.SecurityStamp, stamp)); }
        mail.Stage(batch, caller, account, account.Email, SecurityNews.PasswordChanged);
        audit.Record(batch, caller with { Kind = account.Kind, UserId = account.Id, Name = account.DisplayName() }, new AuditEntry("account.password_changed", "user", account.Id));
        if (!await accounts.CommitAsync(batch, cancellationToken)) { throw new InvalidOperationException("the account changed meanwhile"); }
        mail.Sent();
        await locks.ClearAsync(account.Kind, account.NormalizedEmail, caller.Address, cancellationToken);
        await sessions.EndAllAsync(account.Id, "password_changed", exceptSession, cancellationToken);
    }
}
