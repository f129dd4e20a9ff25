using System.Text.Json;
using Platform.Features.Notifications;
using Platform.Features.Notifications.Actions;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Store;
using Platform.Jobs;
using Platform.Jobs.Records;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Notifications;

public sealed class MailTests
{
    [Fact]
    public async Task A_mail_arrives_whole_over_starttls_and_its_text_is_then_forgotten()
    {
        await using var harness = new NotificationsHarness(Smtp());
        await harness.StartAsync();
        var to = $"{Ids.New()}@example.com";
        var mail = await harness.SendAsync(to, "Grüße ✓", "Straße & <b>bold</b>");
        var sent = await harness.UntilAsync(mail.Id, MailState.Sent);

        (sent.Sealed, sent.Attempts, sent.SentAt).ShouldBe((null, 1, harness.Clock.GetUtcNow()));
        var received = await ReceivedAsync(to);
        received.GetProperty("subject").GetString().ShouldBe("Grüße ✓");
        received.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("Straße & <b>bold</b>");
        received.GetProperty("html").GetString().ShouldNotBeNull().ShouldContain("Straße &amp; &lt;b&gt;bold&lt;/b&gt;".Replace("ß", "&#223;", StringComparison.Ordinal));
        received.ToString().ShouldContain("https://app.example.com/x?token=canary-link-1");
    }

    [Fact]
    public async Task A_refused_recipient_fails_visibly_at_once()
    {
        await using var harness = new NotificationsHarness(Smtp());
        await harness.StartAsync();
        var mail = await harness.SendAsync($"reject-{Ids.New()}@example.com");
        var failed = await harness.UntilAsync(mail.Id, MailState.Failed);
        failed.Error.ShouldNotBeNull().ShouldContain("550");
        failed.Attempts.ShouldBe(1);
    }

    [Theory]
    [InlineData("later", 2)]
    public async Task A_server_that_wants_more_time_gets_it(string prefix, int attempts)
    {
        await using var harness = new NotificationsHarness(Smtp());
        await harness.StartAsync();
        var mail = await harness.SendAsync($"{prefix}-{Ids.New()}@example.com");
        (await harness.UntilAsync(mail.Id, MailState.Sent)).Attempts.ShouldBe(attempts);
    }

    [Fact]
    public async Task A_full_mailbox_is_tried_to_the_last_attempt_and_then_is_a_dead_letter()
    {
        await using var harness = new NotificationsHarness(Smtp());
        await harness.StartAsync();
        var mail = await harness.SendAsync($"full-{Ids.New()}@example.com");
        var failed = await harness.UntilAsync(mail.Id, MailState.Failed);
        failed.Error.ShouldNotBeNull().ShouldContain("452");
        failed.Attempts.ShouldBe(12);
        var jobs = harness.Get<IDocumentStore>().ForPlatform<StoredJob>(Caller.Platform);
        await Eventually.TrueAsync(async () => await jobs.FirstAsync(j => j.State == JobState.Dead) is not null, "dead letter");
    }

    [Fact]
    public async Task A_wrong_password_is_the_operators_to_repair_so_the_mail_waits_and_no_secret_is_logged()
    {
        await using var harness = new NotificationsHarness(Smtp(password: "canary-wrong-password"));
        await harness.StartAsync();
        var mail = await harness.SendAsync($"{Ids.New()}@example.com", lines: "canary-line");
        await Eventually.TrueAsync(async () => (await harness.Get<MailStore>().GetAsync(mail.Id, CancellationToken.None))!.Attempts >= 1, "tried");
        var waiting = (await harness.Get<MailStore>().GetAsync(mail.Id, CancellationToken.None))!;
        (waiting.State, waiting.Error is { Length: > 0 }).ShouldBe((MailState.Queued, true));
        await Eventually.TrueAsync(() => harness.Log.Text.Contains("send-mail", StringComparison.Ordinal), "the trouble is logged, after it is stored");
        foreach (var secret in new[] { "canary-wrong-password", "canary-link-1", "canary-line" })
        {
            harness.Log.Text.ShouldNotContain(secret);
            waiting.Error!.ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        await using var harness = new NotificationsHarness(Smtp(trusted: false));
        await harness.StartAsync();
        var mail = await harness.SendAsync($"{Ids.New()}@example.com");
        // A callback of another test's sender would trust its own certificate; here a sender that trusts another one decides.
        await Eventually.TrueAsync(async () => (await harness.Get<MailStore>().GetAsync(mail.Id, CancellationToken.None))!.Attempts >= 1, "tried");
        (await harness.Get<MailStore>().GetAsync(mail.Id, CancellationToken.None))!.State.ShouldBe(MailState.Queued);
    }

    [Fact]
    public async Task Without_a_server_mails_are_captured_sealed_and_shown_to_those_who_may()
    {
        await using var harness = new NotificationsHarness();
        await harness.StartAsync();
        harness.Get<IMailer>().IsConfigured.ShouldBeFalse();
        var mail = await harness.SendAsync("ada@example.com");
        mail.State.ShouldBe(MailState.Captured);
        mail.Sealed.ShouldNotBeNull().ShouldNotContain("canary");

        var super = new Caller { Kind = CallerKind.Staff, StaffRole = StaffRole.SuperAdmin };
        var shown = (await harness.Get<ListMailbox>().RunAsync(super, 10, null, CancellationToken.None)).Unwrap().Items.ShouldHaveSingleItem();
        (shown.To, shown.ActionUrl, shown.State).ShouldBe(("ada@example.com", "https://app.example.com/x?token=canary-link-1", MailboxState.Captured));
        foreach (var caller in new[] { Caller.Anonymous, super with { StaffRole = StaffRole.Admin }, super with { StaffRole = StaffRole.Technical }, harness.AddMember(Role.Owner) })
        {
            (await harness.Get<ListMailbox>().RunAsync(caller, 10, null, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
        }
    }

    [Fact]
    public async Task In_development_anyone_on_the_machine_sees_the_mailbox()
    {
        await using var harness = new NotificationsHarness(environment: "Development");
        await harness.SendAsync("ada@example.com");
        (await harness.Get<ListMailbox>().RunAsync(Caller.Anonymous, 10, null, CancellationToken.None)).Unwrap().Items.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_mistake_in_the_settings_is_named_and_no_value_is()
    {
        var mistakes = new MailOptions { Host = "mail", Port = 0, From = "nobody", Password = "hunter2-canary", RequireTls = false, TrustedCertificate = "/no/such.pem" }.Mistakes().ToList();
        foreach (var key in new[] { "Mail:Port", "Mail:From", "Mail:User", "Mail:RequireTls", "Mail:TrustedCertificate" }) { mistakes.ShouldContain(m => m.Contains(key)); }
        mistakes.ShouldAllBe(m => !m.Contains("canary"));
        new MailOptions().Mistakes().ShouldBeEmpty();
    }

    private static Dictionary<string, string?> Smtp(string? password = null, bool trusted = true) => new()
    {
        ["Mail:Host"] = TestServers.Require("SMTP_HOST"),
        ["Mail:Port"] = TestServers.Require("SMTP_PORT"),
        ["Mail:User"] = TestServers.Require("SMTP_USER"),
        ["Mail:Password"] = password ?? TestServers.Require("SMTP_PASSWORD"),
        ["Mail:From"] = "Platform <no-reply@example.com>",
        ["Mail:TrustedCertificate"] = trusted ? TestServers.Require("SMTP_CA") : Other.Value,
    };

    private static readonly Lazy<string> Other = new(() =>
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=other", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var path = Path.Combine(Path.GetTempPath(), $"other-{Ids.New()}.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return path;
    });

    private static Task<JsonElement> ReceivedAsync(string to) => Task.Run(async () =>
    {
        var found = await Eventually.ValueAsync(() => Task.FromResult(Directory.EnumerateFiles(TestServers.Require("SMTP_MAILBOX"), "*.json").Reverse()
            .Select(File.ReadAllText).FirstOrDefault(text => text.Contains(to, StringComparison.Ordinal))), "the mail is in the mailbox");
        return JsonDocument.Parse(found).RootElement;
    });
}
