using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Contracts;

/// <summary>A mail to send. Text is required, HTML is made from it by the template; nothing in it is trusted as markup.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Lines">Paragraphs of plain text.</param>
/// <param name="ActionText">The button's words, if there is one.</param>
/// <param name="ActionUrl">Where the button leads (absolute).</param>
public sealed record Mail(string To, string Subject, IReadOnlyList<string> Lines, string? ActionText = null, string? ActionUrl = null);

/// <summary>Sends mail through the outbox: stored first, sent by a job, retried; in development shown on the mailbox page.</summary>
public interface IMailer
{
    /// <summary>Adds the mail to a batch: it goes out exactly when the batch's other writes are there.</summary>
    void Send(WriteBatch batch, Caller caller, Mail mail);

    /// <summary>Stores and sends a mail by itself.</summary>
    Task SendAsync(Caller caller, Mail mail, CancellationToken cancellationToken);

    /// <summary>True where an SMTP server is configured.</summary>
    bool IsConfigured { get; }
}

/// <summary>A notice for the people of an organization, under the bell.</summary>
/// <param name="Kind">Stable snake_case: publication_failed, publication_unconfirmed, channel_needs_reconnect, agent_finished …</param>
/// <param name="Title">One line.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Url">The page to open (relative).</param>
/// <param name="UniqueKey">Notices with one key exist once, however often they are raised.</param>
/// <param name="UserId">Only for this person; null: for all members.</param>
/// <param name="Mail">Whether a mail goes out too.</param>
public sealed record Notice(string Kind, string Title, string Message, string Url, string UniqueKey, string? UserId = null, bool Mail = false);

/// <summary>Raises notices.</summary>
public interface INotices
{
    /// <summary>Stores the notice (once per key) and tells open pages.</summary>
    Task RaiseAsync(Caller caller, Notice notice, CancellationToken cancellationToken);
}
