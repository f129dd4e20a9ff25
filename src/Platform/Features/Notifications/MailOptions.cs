using System.Net.Mail;

namespace Platform.Features.Notifications;

/// <summary>Settings under <c>Mail</c>. Without a host nothing is sent: mails are captured and shown on the mailbox page.</summary>
public sealed class MailOptions
{
    /// <summary>The submission server; empty: none.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; STARTTLS is spoken there (implicit TLS on 465 is not supported).</summary>
    public int Port { get; set; } = 587;

    /// <summary>The account; empty: the server asks for none.</summary>
    public string? User { get; set; }

    /// <summary>Its password. Never logged.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Platform &lt;no-reply@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Whether the connection must be encrypted by STARTTLS. Only for a relay on the same machine may it be false.</summary>
    public bool RequireTls { get; set; } = true;

    /// <summary>A PEM file with the certificate of a server (or of its authority) that the machine does not trust by itself.</summary>
    public string? TrustedCertificate { get; set; }

    /// <summary>Whether there is a server.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    /// <summary>Every mistake, each with its key.</summary>
    internal IEnumerable<string> Mistakes()
    {
        if (!IsConfigured) { yield break; }
        if (Port is < 1 or > 65_535) { yield return "Mail:Port must be 1 to 65535."; }
        if (!MailAddress.TryCreate(From, out _)) { yield return "Mail:From must be an address, such as Platform <no-reply@example.com>."; }
        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password)) { yield return "Mail:User and Mail:Password go together: give both or neither."; }
        if (!RequireTls && !string.IsNullOrEmpty(Password)) { yield return "Mail:RequireTls is false: a password would cross the network in clear. Leave it true, or give no Mail:Password."; }
        if (!string.IsNullOrEmpty(TrustedCertificate) && !File.Exists(TrustedCertificate)) { yield return "Mail:TrustedCertificate names a file that is not there."; }
    }
}
