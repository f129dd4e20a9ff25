using Platform.Features.Notifications.Actions;
using Platform.Jobs;

namespace Platform.Features.Notifications.Jobs;

/// <summary>Which mail.</summary>
public sealed record SendMailPayload(string MailId);

/// <summary>Sends one mail; with the queue's growing waits, twelve attempts last about two hours and a half.</summary>
[Job("send-mail", Queue = "mail", MaxAttempts = 12, TimeoutSeconds = 60)]
public sealed class SendMail(DeliverMail deliver) : IJob<SendMailPayload>
{
    /// <inheritdoc />
    public Task RunAsync(SendMailPayload payload, JobContext context, CancellationToken cancellationToken) => deliver.RunAsync(payload.MailId, context.IsLastAttempt, cancellationToken);
}
