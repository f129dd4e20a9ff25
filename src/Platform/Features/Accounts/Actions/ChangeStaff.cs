using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// What SuperAdmins do to colleagues' accounts. Nobody does it to themselves, and the last SuperAdmin who can sign in stays one: changes that take one away
/// are serialized by the setup record's version, so that two at once cannot each leave the other.
/// </summary>
public sealed class ChangeStaff(AccountStore accounts, TwoFactorStore factors, Sessions sessions, SessionAnnouncer announcer, StaffMail mail, SessionRecords records)
{
    /// <summary>Gives another role.</summary>
    public async Task<Result<Done>> SetRoleAsync(Caller caller, string id, StaffRole role, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var account = found.Value;
        if (account.StaffRole == role) { return Done.Ok; }
        var batch = new WriteBatch().Replace(Caller.Platform, account with { StaffRole = role });
        if (await GuardAsync(batch, account, cancellationToken) is { } last) { return last; }
        mail.StageChanged(batch, account, caller.Name, $"gave your staff account the role {role}.");
        records.Audit.Record(batch, caller, new AuditEntry("staff.role_changed", "user", id) { Changes = [new AuditChange("role", account.StaffRole.ToString(), role.ToString())] });
        return await CommitAsync(batch, id, cancellationToken);
    }

    /// <summary>Suspends: signed out everywhere at once, and cannot sign in.</summary>
    public async Task<Result<Done>> SuspendAsync(Caller caller, string id, string reason, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (string.IsNullOrWhiteSpace(reason)) { return Problem.InvalidField("reason", "reason_missing", "Say why: the reason goes into the audit log."); }
        if (found.Value.Suspended) { return Problem.Conflict("state_unchanged", "The account is suspended already."); }
        var batch = new WriteBatch().Replace(Caller.Platform, found.Value with { Suspended = true });
        if (await GuardAsync(batch, found.Value, cancellationToken) is { } last) { return last; }
        records.Audit.Record(batch, caller, new AuditEntry("staff.suspended", "user", id, reason.Trim()) { Changes = [new AuditChange("suspended", "false", "true")] });
        var done = await CommitAsync(batch, id, cancellationToken);
        if (done.Ok) { await sessions.EndAllAsync(id, "suspended", exceptId: "", cancellationToken); }
        return done;
    }

    /// <summary>Ends a suspension.</summary>
    public async Task<Result<Done>> ActivateAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (!found.Value.Suspended) { return Problem.Conflict("state_unchanged", "The account is not suspended."); }
        var batch = new WriteBatch().Replace(Caller.Platform, found.Value with { Suspended = false });
        records.Audit.Record(batch, caller, new AuditEntry("staff.activated", "user", id) { Changes = [new AuditChange("suspended", "true", "false")] });
        return await CommitAsync(batch, id, cancellationToken);
    }

    /// <summary>Takes all second factors away from somebody who lost theirs: signed out everywhere, and at the next sign-in led to set up a new one where two are demanded.</summary>
    public async Task<Result<Done>> ResetTwoFactorAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var batch = new WriteBatch().Replace(Caller.Platform, found.Value with { SecurityStamp = OpaqueToken.New() });
        if (await factors.GetAsync(id, cancellationToken) is not null) { batch.Delete<TwoFactor>(Caller.Platform, id); }
        foreach (var passkey in await factors.PasskeysAsync(id, cancellationToken)) { batch.Delete<Passkey>(Caller.Platform, passkey); }
        mail.StageChanged(batch, found.Value, caller.Name, "took the second factor off your staff account. Sign in and set up a new one.");
        records.Audit.Record(batch, caller, new AuditEntry("staff.two_factor_reset", "user", id));
        var done = await CommitAsync(batch, id, cancellationToken);
        if (done.Ok) { await sessions.EndAllAsync(id, "two_factor_reset", exceptId: "", cancellationToken); }
        return done;
    }

    /// <summary>Ends all sessions.</summary>
    public async Task<Result<Done>> SignOutAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var found = await FindAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        await records.Audit.RecordAsync(caller, new AuditEntry("staff.signed_out", "user", id), cancellationToken);
        await sessions.EndAllAsync(id, "revoked", exceptId: "", cancellationToken);
        return Done.Ok;
    }

    private async Task<Result<Account>> FindAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        if (await accounts.GetAsync(id, cancellationToken) is not { Kind: CallerKind.Staff } account) { return Problem.NotFound("staff account"); }
        return id == caller.UserId ? Problem.Conflict("own_account", "This is your own account. Ask another SuperAdmin.") : account;
    }

    private async Task<Problem?> GuardAsync(WriteBatch batch, Account account, CancellationToken cancellationToken)
    {
        if (account is not { StaffRole: StaffRole.SuperAdmin, Suspended: false, PasswordHash: not null }) { return null; }
        // The marker is read before the count and written with the change: whoever counted beside us fails on its version.
        var marker = await accounts.SetupMarkerAsync(cancellationToken) ?? throw new InvalidOperationException("there are staff accounts but no setup record");
        if (await accounts.CountActiveAsync(StaffRole.SuperAdmin, cancellationToken) <= 1) { return Problem.Conflict("last_super_admin", "This is the last SuperAdmin who can sign in. Make another one first."); }
        batch.Replace(Caller.Platform, marker);
        return null;
    }

    private async Task<Result<Done>> CommitAsync(WriteBatch batch, string id, CancellationToken cancellationToken)
    {
        if (!await accounts.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        mail.Sent();
        await announcer.ChangedAsync(id, cancellationToken);
        return Done.Ok;
    }
}
