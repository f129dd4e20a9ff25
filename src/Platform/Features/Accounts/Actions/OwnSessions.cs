using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>The caller's sessions: seen and ended, by the owner in person.</summary>
public sealed class OwnSessions(OwnIdentity own, SessionStore store, Sessions sessions, IAudit audit, Places places)
{
    /// <summary>Those that are live, newest first.</summary>
    public async Task<Result<Page<SessionView>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var live = await store.LiveAsync(found.Value.Id, own.Now, cancellationToken);
        return new Page<SessionView>([.. live.Select(s => View(s, caller))], null);
    }

    /// <summary>Ends one.</summary>
    public async Task<Result<Done>> EndAsync(Caller caller, string sessionId, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var live = await store.LiveAsync(found.Value.Id, own.Now, cancellationToken);
        if (!await sessions.EndAsync(sessionId, found.Value.Id, "revoked", cancellationToken)) { return Problem.NotFound("session"); }
        await audit.RecordAsync(caller, new AuditEntry("session.ended", "session", sessionId), cancellationToken);
        await SupportWasStoppedAsync(caller, live.Where(s => s.Id == sessionId), cancellationToken);
        return Done.Ok;
    }

    /// <summary>Ends all but this one.</summary>
    public async Task<Result<Done>> EndOthersAsync(Caller caller, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var live = await store.LiveAsync(found.Value.Id, own.Now, cancellationToken);
        await audit.RecordAsync(caller, new AuditEntry("session.others_ended", "user", found.Value.Id), cancellationToken);
        await sessions.EndAllAsync(found.Value.Id, "revoked", caller.SessionId!, cancellationToken);
        await SupportWasStoppedAsync(caller, live.Where(s => s.Id != caller.SessionId), cancellationToken);
        return Done.Ok;
    }

    /// <summary>Signs out: ends the caller's own session. Done also where it had ended.</summary>
    public async Task<Result<Done>> SignOutAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller is not { UserId: { } user, SessionId: { } session } || !await sessions.EndAsync(session, user, "signed_out", cancellationToken)) { return Done.Ok; }
        await (caller.Impersonator is { } staff
            ? audit.RecordAsync(Impersonation.AsStaff(caller, staff), Impersonation.Stopped(caller), cancellationToken)
            : audit.RecordAsync(caller, new AuditEntry("session.signed_out", "session", session), cancellationToken));
        return Done.Ok;
    }

    // Staff who acted as the customer are out: the customer's log says so as it does where staff stop by themselves.
    private async Task SupportWasStoppedAsync(Caller caller, IEnumerable<Session> ended, CancellationToken cancellationToken)
    {
        foreach (var session in ended.Where(s => s.ImpersonatorId is not null))
        {
            await audit.RecordAsync(caller, new AuditEntry("impersonation.stopped", "user", session.UserId, $"the customer ended {session.ImpersonatorName}'s session", session.OrganizationId), cancellationToken);
        }
    }

    private SessionView View(Session s, Caller caller)
    {
        var device = DeviceName.Of(s.UserAgent);
        return new SessionView(s.Id, s.CreatedAt, s.LastSeenAt, s.Address, s.UserAgent, s.Id == caller.SessionId)
        {
            Device = s.ImpersonatorName is { } staff ? $"Support ({staff}), acting as you" : device.Words, Place = places.Of(s.Address), Mobile = device.IsMobile, Methods = s.Methods.Count > 0 ? s.Methods : [SignInMethods.Password],
        };
    }
}
