using System.Text.Json;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Store;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <summary>Seals what a mail says while it waits: its link may sign someone in.</summary>
public sealed class MailSeal(ISecretBox box)
{
    /// <summary>The record of a mail.</summary>
    public OutgoingMail Seal(Mail mail, MailState state, DateTimeOffset now, string? organizationId, string? groupKey)
    {
        var record = new OutgoingMail { To = mail.To, Subject = mail.Subject, State = state, CreatedAt = now, OrganizationId = organizationId, GroupKey = groupKey };
        return record with { Sealed = box.Seal(JsonSerializer.Serialize(new Body(mail.Lines, mail.ActionText, mail.ActionUrl)), Place(record)) };
    }

    /// <summary>The mail of a record; without lines once it is sent.</summary>
    public Mail Open(OutgoingMail record)
    {
        var body = record.Sealed is null ? new Body([], null, null) : JsonSerializer.Deserialize<Body>(box.Open(record.Sealed, Place(record)))!;
        return new Mail(record.To, record.Subject, body.Lines, body.ActionText, body.ActionUrl);
    }

    /// <summary>What a sealed body is bound to.</summary>
    internal static string Place(OutgoingMail record) => $"mail:{record.Id}:{record.To}";

    private sealed record Body(IReadOnlyList<string> Lines, string? ActionText, string? ActionUrl);
}
