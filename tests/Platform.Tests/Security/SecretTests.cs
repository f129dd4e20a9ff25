using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.Features.Channels;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S5: secrets lie sealed, each in its place; and are in no file, no log line and no answer.</summary>
public sealed class SecretTests(ITestOutputHelper output)
{
    private const string Canary = "canary-7c1f9b";

    [Fact]
    public async Task S5_seeded_secrets_are_in_no_file_no_log_and_no_answer()
    {
        var checks = new Checks("S5", output);
        using var app = new PlatformApp().With(services => services.AddSingleton<ISocialNetwork>(new ScriptedNetwork("typed", ConnectKind.Secret)));
        Assert.SkipUnless(app.KeepsRecordsInItsFolder, "it looks into the embedded engine's file");
        app.With("Telemetry:LogFile", Path.Combine(app.DataDirectory, "log.json")).With("Logging:LogLevel:Default", "Trace").With("Logging:LogLevel:Microsoft.AspNetCore", "Information");
        var (secrets, answers) = await SeedAsync(app);
        foreach (var (what, secret) in secrets)
        {
            foreach (var form in Forms(secret))
            {
                foreach (var file in Directory.EnumerateFiles(app.DataDirectory, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
                {
                    checks.That(!Contains(file, form), () => $"{what} lies readable in {Path.GetFileName(file)}");
                }
            }
            checks.That(!answers.Any(a => a.Contains(secret, StringComparison.Ordinal)), () => $"{what} comes back in an answer");
        }
        checks.Report(nameof(S5_seeded_secrets_are_in_no_file_no_log_and_no_answer));
        File.ReadAllBytes(Directory.EnumerateFiles(app.DataDirectory, "platform.db-wal").Concat(Directory.EnumerateFiles(app.DataDirectory, "platform.db")).First()).Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void S5_a_sealed_text_opens_unchanged_in_its_place_and_nowhere_else()
    {
        var checks = new Checks("S5", output);
        var box = new SecretBox(RandomNumberGenerator.GetBytes(32));
        var text = box.Seal(Canary, "channel:one");
        checks.That(box.Open(text, "channel:one") == Canary, () => "the control: it does not open at all");
        foreach (var place in (string[])["channel:two", "channel:", "", "CHANNEL:ONE", "channel:one ", "pending:one"]) { checks.That(Refuses(() => box.Open(text, place)), () => $"it opens as '{place}'"); }
        var parts = text.Split('.');
        var bytes = Base64Url.DecodeFromChars(parts[2]);
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)(1 << bit);
                checks.That(Refuses(() => box.Open($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(flipped)}", "channel:one")), () => $"it opens with bit {bit} of byte {at} flipped");
            }
        }
        checks.That(Refuses(() => new SecretBox(RandomNumberGenerator.GetBytes(32)).Open(text, "channel:one")), () => "another key opens it");
        checks.Report(nameof(S5_a_sealed_text_opens_unchanged_in_its_place_and_nowhere_else));
    }

    [Fact]
    public async Task S5_a_row_moved_to_another_tenant_does_not_open()
    {
        using var app = new PlatformApp().With(services => services.AddSingleton<ISocialNetwork>(new ScriptedNetwork("typed", ConnectKind.Secret)));
        var (ada, eve) = (await app.SignUpAsync(), await app.SignUpAsync());
        var (hers, his) = (await ConnectAsync(ada, "ada"), await ConnectAsync(eve, "eve"));
        var rows = app.Get<IDocumentStore>().ForPlatform<Channel>(Caller.Platform);
        var (source, target) = ((await rows.GetAsync(hers, default))!, (await rows.GetAsync(his, default))!);
        (await rows.TryReplaceAsync(target with { Sealed = source.Sealed }, default)).ShouldNotBeNull();
        var answer = await eve.Client.PostAsync($"/api/v1/social-accounts/{his}/check", null);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("ada-");
        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task S5_nobody_writes_lines_into_the_log()
    {
        using var app = new PlatformApp();
        app.With("Telemetry:LogFile", Path.Combine(app.DataDirectory, "log.json")).With("Logging:LogLevel:Default", "Information");
        var client = app.CreateClient();
        foreach (var forged in (string[])["a\r\nINF Platform: user admin signed in", "a\nlevel=error forged=yes", "\u001b[2J\u001b[31mred", "a\u2028forged", "{\"forged\":true}\n{"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/auth/login?x={Uri.EscapeDataString(forged)}") { Content = JsonContent.Create(new { email = forged, password = forged }) };
            request.Headers.TryAddWithoutValidation("User-Agent", forged.ReplaceLineEndings(" "));
            request.Headers.TryAddWithoutValidation("X-Correlation-Id", forged.ReplaceLineEndings(" "));
            await client.SendAsync(request);
            await client.GetAsync($"/api/v1/content/{Uri.EscapeDataString(forged)}");
        }
        var lines = await Eventually.ValueAsync(() => Task.FromResult(Lines(app) is { Count: > 0 } found && found.Any(l => l.Contains("/api/v1/auth/login", StringComparison.Ordinal)) ? found : null), "the lines are written");
        lines.ShouldAllBe(l => l.StartsWith('{') && l.EndsWith('}'));
        lines.ShouldNotContain(l => l.Contains('\u001b', StringComparison.Ordinal));
    }

    private static async Task<(List<(string, string)> Secrets, List<string> Answers)> SeedAsync(PlatformApp app)
    {
        var ada = await app.SignUpAsync();
        var answers = new List<string>();
        await ConnectAsync(ada, $"{Canary}-app-password");
        foreach (var path in (string[])["/api/v1/social-accounts", "/api/v1/auth/me", "/api/v1/users/sessions", "/api/v1/audit-logs", "/api/v1/organizations", "/channels", "/account", "/settings"]) { answers.Add(await (await ada.Client.GetAsync(path)).Content.ReadAsStringAsync()); }
        await ada.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = ada.Email, password = $"{Canary}-wrong-password" });
        await ada.Client.PostAsJsonAsync("/api/v1/auth/reset-password", new { token = $"{Canary}-reset-token", newPassword = $"{Canary}-new-password" });
        await ada.Client.GetAsync($"/reset-password?token={Canary}-link-token");
        await ada.Client.GetAsync($"/connect/callback/typed?code={Canary}-code&state={Canary}-state");
        return ([
            ("a password", ada.Password), ("an access token", ada.AccessToken), ("a refresh token", ada.RefreshToken), ("an app password", $"{Canary}-app-password"), ("a network's refresh token", $"{Canary}-app-password-refresh"),
            ("a wrong password", $"{Canary}-wrong-password"), ("a reset token", $"{Canary}-reset-token"), ("a new password", $"{Canary}-new-password"), ("a link's token", $"{Canary}-link-token"), ("a code", $"{Canary}-code"),
        ], answers);
    }

    private static async Task<string> ConnectAsync(TestCustomer who, string secret) =>
        Features.Content.ContentFixture.Id(await (await who.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "typed", identifier = $"handle-{who.UserId}", secret = secret == "ada" || secret == "eve" ? $"{secret}-secret" : secret })).ReadAsync());

    private static IEnumerable<string> Forms(string secret) => [secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(secret))];

    private static bool Contains(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }

    private static List<string> Lines(PlatformApp app)
    {
        var file = Directory.EnumerateFiles(app.DataDirectory, "log*.json").SingleOrDefault();
        if (file is null) { return []; }
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool Refuses(Action open)
    {
        try { open(); return false; }
        catch (CryptographicException) { return true; }
    }
}
