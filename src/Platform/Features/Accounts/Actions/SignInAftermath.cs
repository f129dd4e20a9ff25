using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>What follows from a sign-in, or from a second step that failed: the audit record, the time of the last sign-in, the mails that the owner must get.</summary>
public sealed class SignInAftermath(AccountStore accounts, SessionStore sessions, TwoFactorStore factors, ISecurityMail mail, IAudit audit, TimeProvider time)
{
    /// <summary>After the session was started.</summary>
    public async Task SucceededAsync(Account account, Grant grant, Caller from, Device device, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        await accounts.SignedInAsync(account.Id, time.GetUtcNow(), cancellationToken);
        var actor = grant.Caller with { Address = from.Address, CorrelationId = from.CorrelationId };
        await audit.RecordAsync(actor, new AuditEntry("sign_in.succeeded", "user", account.Id, string.Join(" + ", methods)), cancellationToken);
        if (methods.Contains(SignInMethods.RecoveryCode))
        {
            var left = (await factors.GetAsync(account.Id, cancellationToken))?.RecoveryHashes.Count ?? 0;
            await audit.RecordAsync(actor, new AuditEntry("two_factor.recovery_code_used", "user", account.Id, $"{left} left"), cancellationToken);
            await mail.SendAsync(actor, account.Id, SecurityNews.RecoveryCodeUsed(left), cancellationToken);
            return;
        }
        if (await IsNewDeviceAsync(account, grant, device, cancellationToken)) { await mail.SendAsync(actor, account.Id, SecurityNews.NewDevice(DeviceName.Of(device.UserAgent).Words), cancellationToken); }
    }

    /// <summary>After a wrong second factor.</summary>
    public async Task CodeFailedAsync(Account account, Caller from, bool locked, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(from, new AuditEntry(locked ? "sign_in.code_locked" : "sign_in.code_failed", "user", account.Id), cancellationToken);
        if (locked) { await mail.SendAsync(from, account.Id, SecurityNews.CodesLocked, cancellationToken); }
    }

    // By browser and system, not by version or address: those change by themselves. The first session of all is no news.
    private async Task<bool> IsNewDeviceAsync(Account account, Grant grant, Device device, CancellationToken cancellationToken)
    {
        var earlier = (await sessions.RecentAsync(account.Id, cancellationToken)).Where(s => s.Id != grant.Caller.SessionId && s.ImpersonatorId is null).ToList();
        var name = DeviceName.Of(device.UserAgent).Words;
        return earlier.Count > 0 && earlier.All(s => DeviceName.Of(s.UserAgent).Words != name);
    }
}
