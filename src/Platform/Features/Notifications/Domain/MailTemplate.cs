using System.Net;
using System.Text;
using Platform.Features.Notifications.Contracts;

namespace Platform.Features.Notifications.Domain;

/// <summary>Makes a mail's two bodies. Everything that comes in is text: it is encoded, and only http links become buttons.</summary>
public static class MailTemplate
{
    /// <summary>The plain text.</summary>
    public static string Text(Mail mail)
    {
        var text = new StringBuilder();
        foreach (var line in mail.Lines) { text.Append(line).Append("\n\n"); }
        if (LinkOf(mail) is { } link) { text.Append(mail.ActionText).Append(":\n").Append(link).Append("\n\n"); }
        return text.Append("-- \n").Append(Foot).Append('\n').ToString();
    }

    /// <summary>The HTML: one column, tables and inline styles as mail readers want them, readable in light and dark.</summary>
    public static string Html(Mail mail)
    {
        var body = new StringBuilder();
        foreach (var line in mail.Lines) { body.Append("<p style=\"margin:0 0 16px\">").Append(Encode(line)).Append("</p>"); }
        if (LinkOf(mail) is { } link)
        {
            body.Append("<p style=\"margin:24px 0\"><a href=\"").Append(Encode(link)).Append("\" style=\"").Append(Button).Append("\">").Append(Encode(mail.ActionText!)).Append("</a></p>")
                .Append("<p style=\"margin:0;font-size:13px;color:#667085\">If the button does not work, open this address:<br><span style=\"word-break:break-all\">").Append(Encode(link)).Append("</span></p>");
        }
        return Frame.Replace("{subject}", Encode(mail.Subject), StringComparison.Ordinal).Replace("{foot}", Encode(Foot), StringComparison.Ordinal).Replace("{body}", body.ToString(), StringComparison.Ordinal);
    }

    /// <summary>One line for a header: whatever could begin another header is a space.</summary>
    public static string HeaderLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private const string Foot = "You get this mail because of your account at Platform.";

    private const string Button = "display:inline-block;padding:12px 20px;border-radius:8px;background:#3b5bdb;color:#ffffff;text-decoration:none;font-weight:600";

    private const string Frame = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>{subject}</title></head>
        <body style="margin:0;background:#f5f6f8;color:#1d2433;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
        <table role="presentation" width="100%" cellspacing="0" cellpadding="0"><tr><td align="center" style="padding:32px 16px">
        <table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="max-width:560px">
        <tr><td style="padding:0 4px 16px;font-weight:700;font-size:18px">Platform</td></tr>
        <tr><td style="background:#ffffff;border:1px solid #e4e7ec;border-radius:8px;padding:32px">
        <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{subject}</h1>{body}</td></tr>
        <tr><td style="padding:16px 4px;font-size:13px;color:#667085">{foot}</td></tr>
        </table></td></tr></table></body></html>
        """;

    private static string? LinkOf(Mail mail) =>
        !string.IsNullOrWhiteSpace(mail.ActionText) && Uri.TryCreate(mail.ActionUrl, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? link.AbsoluteUri : null;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
