using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Store;

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>It will be sent.</summary>
    Queued,

    /// <summary>The server has taken it.</summary>
    Sent,

    /// <summary>Refused for good, or out of attempts.</summary>
    Failed,

    /// <summary>There is no server: it is shown on the mailbox page only.</summary>
    Captured,
}

/// <summary>A mail in the outbox. The platform's own: some go to people who are in no organization yet.</summary>
public sealed record OutgoingMail : Document, IPlatformOwned
{
    /// <summary>The address.</summary>
    public required string To { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Lines and link, sealed: a link may sign someone in. Gone once the mail is sent.</summary>
    public string? Sealed { get; init; }

    /// <summary>Where it stands.</summary>
    public required MailState State { get; init; }

    /// <summary>For which organization, if any.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Mails with one key exist once.</summary>
    public string? GroupKey { get; init; }

    /// <summary>Why it is not sent.</summary>
    public string? Error { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the server took it.</summary>
    public DateTimeOffset? SentAt { get; init; }
}
