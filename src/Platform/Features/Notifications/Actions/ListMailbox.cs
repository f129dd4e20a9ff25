using Platform.Features.Notifications.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <summary>A mail in the mailbox. Once it is sent, its lines and link are gone.</summary>
public sealed record MailboxMail(string Id, string To, string Subject, MailboxState State, string? Error, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? SentAt, IReadOnlyList<string> Lines, string? ActionText, string? ActionUrl);

/// <summary>Where a mail stands.</summary>
public enum MailboxState
{
    /// <summary>It will be sent.</summary>
    Queued,

    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>Refused for good, or out of attempts.</summary>
    Failed,

    /// <summary>There is no mail server; it is shown here only.</summary>
    Captured,
}

/// <summary>
/// Shows the outbox. Mails carry links that set passwords, so only two may read them: anyone while the app runs in Development, and staff who may
/// manage staff accounts (who can do as much by other means).
/// </summary>
public sealed class ListMailbox(MailStore store, MailSeal seal, IHostEnvironment environment)
{
    /// <summary>Newest first.</summary>
    public async Task<Result<Page<MailboxMail>>> RunAsync(Caller caller, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment() && !caller.May(Permission.StaffManage)) { return Problem.Forbidden("The mailbox is for development. Ask a super admin."); }
        return (await store.ListAsync(cursor, Math.Clamp(limit, 1, 100), cancellationToken)).Map(View);
    }

    private MailboxMail View(OutgoingMail record)
    {
        var mail = seal.Open(record);
        return new(record.Id, record.To, record.Subject, Enum.Parse<MailboxState>(record.State.ToString()), record.Error, record.Attempts, record.CreatedAt, record.SentAt, mail.Lines, mail.ActionText, mail.ActionUrl);
    }
}
