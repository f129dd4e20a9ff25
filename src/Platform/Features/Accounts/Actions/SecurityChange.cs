using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>Writes a change of an account's security: the change, its audit record and the mail to its owner are one batch.</summary>
public sealed class SecurityChange(AccountStore accounts, SecurityMail mail, IAudit audit, Sessions sessions)
{
    /// <summary>Writes it; a problem where the records changed meanwhile.</summary>
    public async Task<Problem?> CommitAsync(WriteBatch batch, Caller caller, Account account, AuditEntry entry, SecurityNews? news, CancellationToken cancellationToken)
    {
        if (news is not null) { mail.Stage(batch, caller, account, account.Email, news); }
        audit.Record(batch, caller, entry);
        if (!await accounts.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        mail.Sent();
        return null;
    }

    /// <summary>Records what changes no right and is no news.</summary>
    public Task RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken) => audit.RecordAsync(caller, entry, cancellationToken);

    /// <summary>Ends all of the caller's sessions but this one.</summary>
    public Task EndOthersAsync(Caller caller, string reason, CancellationToken cancellationToken) => sessions.EndAllAsync(caller.UserId!, reason, caller.SessionId!, cancellationToken);

    /// <summary>Lets open pages and tokens see at once what changed in a session.</summary>
    public Task AnnounceAsync(Caller caller, CancellationToken cancellationToken) => sessions.AnnounceAsync(caller.UserId!, cancellationToken);
}
