using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The first staff account.</summary>
/// <param name="Email">Its address.</param>
/// <param name="Password">At least 12 characters.</param>
/// <param name="Name">Its name.</param>
public sealed record FirstStaffRequest(string Email, string Password, string Name = "");

/// <summary>Makes the first SuperAdmin, exactly once: while there is no staff account, and of any number of tries at once only one.</summary>
public sealed class FirstStaff(AccountStore accounts, IPasswordHasher<Account> hasher, PasswordPolicy policy, IAudit audit, TimeProvider time)
{
    /// <summary>Whether it has still to be made.</summary>
    public async Task<bool> IsMissingAsync(CancellationToken cancellationToken) => await accounts.CountAsync(CallerKind.Staff, cancellationToken) == 0;

    /// <summary>Makes it.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, FirstStaffRequest request, CancellationToken cancellationToken)
    {
        if (!await IsMissingAsync(cancellationToken)) { return Closed(); }
        if (Credentials.Normalize(request.Email) is not { } email) { return Credentials.WrongEmail(); }
        if ((policy.Check(request.Password, CallerKind.Staff, [email, request.Name]) ?? Credentials.CheckName(request.Name, "name")) is { } wrong) { return wrong; }
        var account = StaffAccounts.Make(request.Email, email, request.Name, StaffRole.SuperAdmin, time.GetUtcNow());
        account.PasswordHash = hasher.HashPassword(account, request.Password);
        var batch = new WriteBatch().Insert(Caller.Platform, account).Insert(Caller.Platform, new SetupMarker { Id = SetupMarker.TheId, At = time.GetUtcNow() });
        audit.Record(batch, caller, new AuditEntry("staff.first_created", "user", account.Id, email));
        try { await accounts.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return Closed(); }
        return Done.Ok;
    }

    private static Problem Closed() => Problem.Conflict("setup_closed", "The first staff account exists. Sign in with it.");
}
