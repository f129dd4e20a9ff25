using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A new staff account.</summary>
public sealed record CreateStaffRequest(string Email, string Password, string Name, StaffRole Role);

/// <summary>A staff account as staff see it.</summary>
public sealed record StaffView(string Id, string Email, string Name, StaffRole Role, bool Suspended, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt);

/// <summary>Lists and makes staff accounts; for those who may manage staff.</summary>
public sealed class StaffAccounts(AccountStore accounts, IPasswordHasher<Account> hasher, IAudit audit, TimeProvider time)
{
    /// <summary>A page, newest first.</summary>
    public async Task<Result<Page<StaffView>>> ListAsync(Caller caller, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        return (await accounts.ListAsync(CallerKind.Staff, null, Math.Clamp(limit, 1, 100), cursor, cancellationToken)).Map(View);
    }

    /// <summary>Makes one.</summary>
    public async Task<Result<StaffView>> CreateAsync(Caller caller, CreateStaffRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        if (Credentials.Normalize(request.Email) is not { } email) { return Credentials.WrongEmail(); }
        if ((Credentials.CheckPassword(request.Password, email, Credentials.ShortestStaffPassword) ?? Credentials.CheckName(request.Name, "name")) is { } wrong) { return wrong; }
        var account = Make(request.Email, email, request.Name, request.Role, time.GetUtcNow());
        account.PasswordHash = hasher.HashPassword(account, request.Password);
        var batch = new WriteBatch().Insert(Caller.Platform, account);
        audit.Record(batch, caller, new AuditEntry("staff.created", "user", account.Id, $"{email} as {request.Role}"));
        try { await accounts.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return Problem.Conflict("email_taken", "There is a staff account with this address."); }
        return View(account);
    }

    /// <summary>A staff account's record, not stored yet.</summary>
    internal static Account Make(string email, string normalized, string name, StaffRole role, DateTimeOffset now) => new()
    {
        Kind = CallerKind.Staff, Email = email.Trim(), NormalizedEmail = normalized, FirstName = name.Trim(), LastName = "",
        SearchText = $"{name.Trim()} {normalized}".ToLowerInvariant(), SecurityStamp = OpaqueToken.New(), EmailVerified = true, StaffRole = role, CreatedAt = now,
    };

    private static StaffView View(Account a) => new(a.Id, a.Email, a.DisplayName(), a.StaffRole!.Value, a.Suspended, a.CreatedAt, a.LastSignInAt);
}
