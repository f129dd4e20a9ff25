using Microsoft.Extensions.Options;
using Platform.Features.Notifications.Store;

namespace Platform.Features.Notifications.Actions;

/// <summary>The server did not take a mail now; the job tries again later.</summary>
public sealed class MailDeferredException : Exception
{
    /// <summary>For serializers.</summary>
    public MailDeferredException() { }

    /// <summary>With what the server said.</summary>
    public MailDeferredException(string message) : base(message) { }

    /// <summary>With a text and a cause.</summary>
    public MailDeferredException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>Sends one mail of the outbox.</summary>
public sealed class DeliverMail(MailStore store, MailSeal seal, SmtpSender smtp, IOptions<MailOptions> options, TimeProvider time, ILogger<DeliverMail> log)
{
    /// <summary>Sends it, or says in its record why not; <see cref="MailDeferredException"/> where another attempt makes sense.</summary>
    public async Task RunAsync(string mailId, bool isLastAttempt, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(mailId, cancellationToken) is not { State: MailState.Queued or MailState.Failed } mail) { return; }
        if (!options.Value.IsConfigured)
        {
            await store.NotSentAsync(mailId, MailState.Captured, "There is no mail server any more.");
            return;
        }
        var result = await smtp.SendAsync(mailId, seal.Open(mail), cancellationToken);
        if (result.Taken)
        {
            await store.SentAsync(mailId, time.GetUtcNow());
            return;
        }
        var failed = result.Final || isLastAttempt;
        await store.NotSentAsync(mailId, failed ? MailState.Failed : MailState.Queued, result.Detail);
        if (!result.Final) { throw new MailDeferredException(result.Detail); }
        log.LogWarning("Mail {MailId} was refused for good: {Detail}", mailId, result.Detail);
    }
}
