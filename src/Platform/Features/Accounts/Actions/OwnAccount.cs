using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The organization that a caller acts in.</summary>
public sealed record ActiveOrganization(string Id, string Name, Role Role, string TimeZone, string Plan, DateTimeOffset? TrialEndsAt);

/// <summary>Who the caller is and what they may do.</summary>
public sealed record MeView(PersonView User, ActiveOrganization? Organization, StaffRole? StaffRole, IReadOnlyList<Permission> Permissions);

/// <summary>A person's name as it shall be.</summary>
public sealed record UpdateProfileRequest(string FirstName, string LastName);

/// <summary>A new password by the old one.</summary>
public sealed record ChangePasswordRequest(string CurrentPassword, string NewPassword);

/// <summary>What people see and change of their own account.</summary>
public sealed class OwnAccount(AccountStore accounts, IOrganizations organizations, SessionAnnouncer announcer)
{
    /// <summary>Who the caller is.</summary>
    public async Task<Result<MeView>> GetAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (await FindAsync(caller, cancellationToken) is not { } account) { return Problem.NotFound("account"); }
        var organization = caller.Organization is { } id ? await organizations.GetAsync(id.Value, cancellationToken) : null;
        return new MeView(
            account.View(),
            organization is null ? null : new ActiveOrganization(organization.Id, organization.Name, caller.Role!.Value, organization.TimeZone, organization.Plan, organization.TrialEndsAt),
            caller.StaffRole,
            [.. Enum.GetValues<Permission>().Where(caller.May)]);
    }

    /// <summary>Changes the caller's name.</summary>
    public async Task<Result<PersonView>> UpdateAsync(Caller caller, UpdateProfileRequest request, CancellationToken cancellationToken)
    {
        if ((Credentials.CheckName(request.FirstName, "firstName") ?? Credentials.CheckName(request.LastName, "lastName")) is { } wrong) { return wrong; }
        if (await FindAsync(caller, cancellationToken) is not { } account) { return Problem.NotFound("account"); }
        var (first, last) = (request.FirstName.Trim(), request.LastName.Trim());
        var changed = account with { FirstName = first, LastName = last, SearchText = $"{first} {last} {account.NormalizedEmail}".ToLowerInvariant() };
        if (await accounts.ReplaceAsync(changed, cancellationToken) is not { } stored) { return Problem.VersionMismatch(); }
        await announcer.ChangedAsync(account.Id, cancellationToken);
        return stored.View();
    }

    private async Task<Account?> FindAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.UserId is { } id && await accounts.GetAsync(id, cancellationToken) is { } account && account.Kind == caller.Kind ? account : null;
}

/// <summary>The caller's sessions: seen and ended.</summary>
public sealed class OwnSessions(SessionStore store, Sessions sessions, IAudit audit, TimeProvider time)
{
    /// <summary>Those that are live, newest first.</summary>
    public async Task<Result<Page<SessionView>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } user) { return Problem.Forbidden(); }
        var live = await store.LiveAsync(user, time.GetUtcNow(), cancellationToken);
        return new Page<SessionView>([.. live.Select(s => new SessionView(s.Id, s.CreatedAt, s.LastSeenAt, s.Address, s.UserAgent, s.Id == caller.SessionId))], null);
    }

    /// <summary>Ends one.</summary>
    public async Task<Result<Done>> EndAsync(Caller caller, string sessionId, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } user) { return Problem.Forbidden(); }
        if (!await sessions.EndAsync(sessionId, user, "revoked", cancellationToken)) { return Problem.NotFound("session"); }
        await audit.RecordAsync(caller, new AuditEntry("session.ended", "session", sessionId), cancellationToken);
        return Done.Ok;
    }

    /// <summary>Signs out: ends the caller's own session. Done also where it had ended.</summary>
    public async Task<Result<Done>> SignOutAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller is not { UserId: { } user, SessionId: { } session } || !await sessions.EndAsync(session, user, "signed_out", cancellationToken)) { return Done.Ok; }
        if (caller.Impersonator is { } staff) { await audit.RecordAsync(Impersonation.AsStaff(caller, staff), Impersonation.Stopped(caller), cancellationToken); }
        return Done.Ok;
    }
}
