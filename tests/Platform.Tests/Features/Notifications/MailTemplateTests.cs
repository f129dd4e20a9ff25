using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Domain;

namespace Platform.Tests.Features.Notifications;

public sealed class MailTemplateTests
{
    private const string Attack = "<script>alert(1)</script>\"'&";

    [Fact]
    public void Nothing_in_a_mail_becomes_markup()
    {
        var html = MailTemplate.Html(new Mail("a@b.c", Attack, [Attack], Attack, "https://example.com/?a=1&b=\"><script>"));
        html.ShouldNotContain("<script>");
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        html.ShouldContain("href=\"https://example.com/?a=1&amp;b=%22%3E%3Cscript%3E\"");
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("data:text/html,x")]
    [InlineData(null)]
    public void Only_web_links_become_buttons(string? url)
    {
        var mail = new Mail("a@b.c", "s", ["line"], "Go", url);
        MailTemplate.Html(mail).ShouldNotContain("<a ");
        MailTemplate.Text(mail).ShouldNotContain("Go:");
    }

    [Fact]
    public void The_text_says_what_the_html_says()
    {
        var mail = new Mail("a@b.c", "s", ["First.", "Second."], "Set a new password", "https://example.com/reset?token=abc");
        foreach (var part in new[] { "First.", "Second.", "Set a new password", "https://example.com/reset?token=abc" })
        {
            MailTemplate.Text(mail).ShouldContain(part);
            MailTemplate.Html(mail).ShouldContain(part);
        }
    }

    [Fact]
    public void A_subject_cannot_begin_another_header() => MailTemplate.HeaderLine("Hello\r\nBcc: all@example.com").ShouldBe("Hello  Bcc: all@example.com");
}
