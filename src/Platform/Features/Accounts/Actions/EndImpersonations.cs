using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Writes down that impersonations are over which nobody stopped: their time is up, or the staff session behind them ended. The end and its record are one write
/// with a condition, so each is written once, whoever comes first and however many copies look.
/// </summary>
public sealed class EndImpersonations(SessionStore sessions, AccountStore accounts, StaffRules staff, SessionAnnouncer announcer, SessionRecords records)
{
    /// <summary>Ends what is over; how many there were.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in await sessions.ImpersonationsAsync(cancellationToken))
        {
            if (await WhyAsync(session, cancellationToken) is not { } why || !await EndAsync(session, why, cancellationToken)) { continue; }
            await announcer.ChangedAsync(session.UserId, cancellationToken);
            ended++;
        }
        return ended;
    }

    private async Task<string?> WhyAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.ExpiresAt <= records.Now) { return "the time was up"; }
        return await staff.BehindAsync(session, records.Now, cancellationToken) is null ? "the staff session behind it ended" : null;
    }

    private async Task<bool> EndAsync(Session session, string why, CancellationToken cancellationToken)
    {
        var (id, now) = (session.Id, records.Now);
        var batch = new WriteBatch().Update(Caller.Platform, s => s.Id == id && s.RevokedAt == null, new Update<Session>().Set(s => s.RevokedAt, now).Set(s => s.RevokedReason, "impersonation_over"));
        var actor = new Caller { Kind = CallerKind.Staff, UserId = session.ImpersonatorId, Name = session.ImpersonatorName ?? "", Address = session.Address };
        records.Audit.Record(batch, actor, new AuditEntry("impersonation.stopped", "user", session.UserId, why, session.OrganizationId));
        return await accounts.CommitAsync(batch, cancellationToken);
    }
}
