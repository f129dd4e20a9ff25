using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Features.Accounts.Domain;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>A person protects their account: a second factor, recovery, and a session that is ended elsewhere.</summary>
public sealed class AccountTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_second_factor_is_put_on_asked_for_and_recovered_from()
    {
        var page = await chromium.OpenAsync();
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "ada@journey.test", "Analytical Engines");
        await page.OpenAsync(app, "/account/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set it up" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^QR code") })).ToBeVisibleAsync();
        var secret = FromBase32((await page.Locator("code.key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await page.GetByLabel("six-digit code").FillAsync(CodeNow(secret));
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch it on" }).ClickAsync();
        // Ten slow hashes: seconds on a busy machine.
        await Expect(page.Locator(".codes code")).ToHaveCountAsync(10, new() { Timeout = 60_000 });
        var recovery = await page.Locator(".codes code").First.InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Expect(page.GetByText("10 recovery codes are left.")).ToBeVisibleAsync();

        await SignOutAsync(page);
        await PasswordAsync(page);
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in/verify"));
        await page.GetByLabel("Six-digit code").FillAsync("000 000");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        // The code that switched it on is used up; the clock of the app moves on by itself.
        await page.GetByLabel("Six-digit code").FillAsync(await NextCodeAsync(secret));
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.OpenAsync(app, "/account/security");

        await SignOutAsync(page);
        await PasswordAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code instead" }).ClickAsync();
        await page.GetByLabel("Recovery code").FillAsync(recovery);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.OpenAsync(app, "/account/security");
        await Expect(page.GetByText("9 recovery codes are left.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_closes_its_open_page_within_five_seconds()
    {
        var (here, there) = (await chromium.OpenAsync(), await chromium.OpenAsync());
        await using var app = await AppProcess.StartAsync();
        await here.SignUpAsync(app, "ada@journey.test", "Analytical Engines");
        await there.GotoAsync($"{app.Url}/sign-in");
        await PasswordAsync(there);
        await there.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await there.OpenAsync(app, "/account");

        await here.OpenAsync(app, "/account/security");
        await here.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Sign out (?!everywhere)") }).ClickAsync();
        await there.WaitForURLAsync(new Regex("/sign-in"), new() { Timeout = 5_000 });
        await Expect(here.GetByText("this one")).ToHaveCountAsync(1);
        await here.OpenAsync(app, "/account");
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator("summary[title^='You: ']").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/sign-in"));
    }

    private static async Task PasswordAsync(IPage page)
    {
        await page.GetByLabel("E-mail").FillAsync("ada@journey.test");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Person.Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
    }

    private static string CodeNow(byte[] secret) => Totp.CodeOf(secret, Totp.StepOf(TimeProvider.System.GetUtcNow()));

    // One step of drift is allowed, so the next code works before its time: no need to wait for it.
    private static Task<string> NextCodeAsync(byte[] secret) => Task.FromResult(Totp.CodeOf(secret, Totp.StepOf(TimeProvider.System.GetUtcNow()) + 1));

    private static byte[] FromBase32(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var c in text)
        {
            (buffer, bits) = (((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal)) & 0xffff, bits + 5);
            if (bits >= 8) { bits -= 8; bytes.Add((byte)(buffer >> bits)); }
        }
        return [.. bytes];
    }
}
