using Microsoft.Extensions.Options;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Jobs;
using Platform.Features.Notifications.Store;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <inheritdoc />
public sealed class Mailer(NoticeStore store, MailSeal seal, IJobQueue jobs, IOptions<MailOptions> options, TimeProvider time) : IMailer
{
    /// <inheritdoc />
    public bool IsConfigured => options.Value.IsConfigured;

    /// <inheritdoc />
    public void Send(WriteBatch batch, Caller caller, Mail mail) => Stage(batch, caller, mail, null);

    /// <inheritdoc />
    public async Task SendAsync(Caller caller, Mail mail, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        Stage(batch, caller, mail, null);
        await store.CommitAsync(batch, cancellationToken);
        jobs.Wake();
    }

    /// <summary>Adds a mail, at most one with the key; a second makes the commit throw.</summary>
    internal void Stage(WriteBatch batch, Caller caller, Mail mail, string? groupKey)
    {
        var record = seal.Seal(mail, IsConfigured ? MailState.Queued : MailState.Captured, time.GetUtcNow(), caller.Organization?.Value, groupKey);
        MailStore.Stage(batch, record);
        if (IsConfigured) { jobs.Enqueue<SendMail, SendMailPayload>(batch, caller, new SendMailPayload(record.Id)); }
    }
}
