using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <inheritdoc cref="IAccounts" />
public sealed class AccountDirectory(AccountStore accounts, SessionStore sessions, FailureStore failures, Sessions ending, IAudit audit, TimeProvider time) : IAccounts
{
    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, PersonView>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        (await accounts.PeopleAsync(userIds, cancellationToken)).ToDictionary(a => a.Id, a => a.View());

    /// <inheritdoc />
    public async Task<Result<Page<PersonDetail>>> ListAsync(Caller caller, string? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsRead)) { return Problem.Forbidden(); }
        var page = await accounts.ListAsync(CallerKind.Person, search, Math.Clamp(limit, 1, 100), cursor, cancellationToken);
        var details = new List<PersonDetail>();
        foreach (var account in page.Items) { details.Add(await DetailAsync(account, cancellationToken)); }
        return new Page<PersonDetail>(details, page.NextCursor);
    }

    /// <inheritdoc />
    public async Task<Result<PersonDetail>> GetAsync(Caller caller, string userId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsRead)) { return Problem.Forbidden(); }
        return await PersonAsync(userId, cancellationToken) is { } account ? await DetailAsync(account, cancellationToken) : Problem.NotFound("person");
    }

    /// <inheritdoc />
    public Task<Result<Done>> SuspendAsync(Caller caller, string userId, string reason, CancellationToken cancellationToken) =>
        SwitchAsync(caller, userId, suspend: true, reason, cancellationToken);

    /// <inheritdoc />
    public Task<Result<Done>> ActivateAsync(Caller caller, string userId, CancellationToken cancellationToken) =>
        SwitchAsync(caller, userId, suspend: false, "", cancellationToken);

    /// <inheritdoc />
    public async Task<Result<Done>> SignOutAsync(Caller caller, string userId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsManage)) { return Problem.Forbidden(); }
        if (await PersonAsync(userId, cancellationToken) is null) { return Problem.NotFound("person"); }
        await audit.RecordAsync(caller, new AuditEntry("account.signed_out_by_staff", "user", userId), cancellationToken);
        await ending.EndAllAsync(userId, "revoked", exceptId: "", cancellationToken);
        return Done.Ok;
    }

    /// <inheritdoc />
    public async Task<Result<PeopleCounts>> CountAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffOverview)) { return Problem.Forbidden(); }
        return new PeopleCounts(
            await accounts.CountAsync(CallerKind.Person, cancellationToken),
            await sessions.ActiveUsersAsync(CallerKind.Person, time.GetUtcNow().AddDays(-1), cancellationToken));
    }

    private async Task<Result<Done>> SwitchAsync(Caller caller, string userId, bool suspend, string reason, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsManage)) { return Problem.Forbidden(); }
        if (suspend && string.IsNullOrWhiteSpace(reason)) { return Problem.InvalidField("reason", "reason_missing", "Say why: the reason goes into the audit log."); }
        if (await PersonAsync(userId, cancellationToken) is not { } account) { return Problem.NotFound("person"); }
        if (account.Suspended == suspend) { return Problem.Conflict("state_unchanged", suspend ? "The account is suspended already." : "The account is not suspended."); }
        var batch = new WriteBatch().Replace(Caller.Platform, account with { Suspended = suspend });
        audit.Record(batch, caller, new AuditEntry(suspend ? "account.suspended" : "account.activated", "user", userId, reason));
        if (!await accounts.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        if (suspend) { await ending.EndAllAsync(userId, "suspended", exceptId: "", cancellationToken); }
        return Done.Ok;
    }

    private async Task<Account?> PersonAsync(string userId, CancellationToken cancellationToken) =>
        await accounts.GetAsync(userId, cancellationToken) is { Kind: CallerKind.Person } account ? account : null;

    private async Task<PersonDetail> DetailAsync(Account a, CancellationToken cancellationToken)
    {
        var live = await sessions.LiveAsync(a.Id, time.GetUtcNow(), cancellationToken);
        var locked = await failures.LockedForAsync(a.Kind, a.NormalizedEmail, cancellationToken) is not null;
        return new PersonDetail(a.Id, a.Email, a.FirstName, a.LastName, a.EmailVerified, a.Suspended, locked, a.CreatedAt, a.LastSignInAt, live.Count);
    }
}
