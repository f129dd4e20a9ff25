using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Domain;

namespace Platform.Features.Notifications.Actions;

/// <summary>What became of a mail at the server.</summary>
/// <param name="Taken">The server has it.</param>
/// <param name="Final">Not taken, and no further attempt can help.</param>
/// <param name="Detail">What the server said.</param>
public sealed record SmtpResult(bool Taken, bool Final, string Detail);

/// <summary>Hands mails to the submission server over STARTTLS.</summary>
public sealed class SmtpSender
{
    private const int TimeoutMilliseconds = 30_000;
    private readonly MailOptions _options;
    private readonly X509Certificate2? _trusted;

    /// <summary>Reads the settings; where a certificate is given, the process's SMTP connections trust it besides the machine's.</summary>
    public SmtpSender(IOptions<MailOptions> options)
    {
        _options = options.Value;
        if (!_options.IsConfigured || string.IsNullOrEmpty(_options.TrustedCertificate)) { return; }
        _trusted = X509CertificateLoader.LoadCertificateFromFile(_options.TrustedCertificate);
#pragma warning disable SYSLIB0014 // SmtpClient has no other place to say whom it trusts; HttpClient does not read this one
        ServicePointManager.ServerCertificateValidationCallback = Trusts;
#pragma warning restore SYSLIB0014
    }

    /// <summary>Sends one mail. 5xx for the recipient or the message is final; everything else (4xx, sign-in, network) may be tried again.</summary>
    public async Task<SmtpResult> SendAsync(string id, Mail mail, CancellationToken cancellationToken)
    {
        if (!MailAddress.TryCreate(mail.To, out var to)) { return new SmtpResult(false, true, "The address is not a mail address."); }
        using var message = Compose(id, mail, to);
        using var client = new SmtpClient(_options.Host, _options.Port) { EnableSsl = _options.RequireTls, DeliveryFormat = SmtpDeliveryFormat.International };
        if (!string.IsNullOrEmpty(_options.User)) { client.Credentials = new NetworkCredential(_options.User, _options.Password); }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeoutMilliseconds);
        try
        {
            await client.SendMailAsync(message, timeout.Token);
            return new SmtpResult(true, true, "");
        }
        catch (SmtpException e) { return new SmtpResult(false, IsFinal(e), Describe(e)); }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested) { return new SmtpResult(false, false, "The mail server did not answer within 30 s."); }
    }

    private MailMessage Compose(string id, Mail mail, MailAddress to)
    {
        var from = new MailAddress(_options.From!);
        var message = new MailMessage(from, to)
        {
            Subject = MailTemplate.HeaderLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = MailTemplate.Text(mail),
            BodyEncoding = Encoding.UTF8,
        };
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(MailTemplate.Html(mail), Encoding.UTF8, MediaTypeNames.Text.Html));
        message.Headers.Add("Message-ID", $"<{id}@{from.Host}>"); // one id for all attempts: readers show a mail that came twice once
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    // 550 to 554 speak of the recipient or the message. 530 and 535 speak of our own sign-in: an operator can repair that.
    private static bool IsFinal(SmtpException e) => (int)e.StatusCode is >= 550 and <= 554;

    private static string Describe(SmtpException e) =>
        (int)e.StatusCode > 0 ? $"{(int)e.StatusCode}: {e.Message}" : $"{e.Message} {e.InnerException?.Message}".Trim();

    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) { return true; }
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is null || _trusted is null) { return false; }
        using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using var own = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        own.ChainPolicy.CustomTrustStore.Add(_trusted);
        return own.Build(server);
    }
}
