using Microsoft.Playwright;
using Platform.Journeys.Browser;

namespace Platform.Journeys;

/// <summary>What staff do at customers' pages, and signing in with a passkey of the browser's own authenticator.</summary>
public sealed class StaffJourneyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Staff_act_as_a_customer_under_a_banner_and_stop()
    {
        var page = await chromium.OpenAsync();
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "ada@staff.journeys.test", "Lantern House");
        var staff = await chromium.OpenAsync(360, 780);
        await staff.SignInAsStaffAsync(app);
        await staff.OpenAsync(app, "/admin/users?q=ada@staff");
        await staff.GetByRole(AriaRole.Link, new() { Name = "Ada Lovelace" }).ClickAsync();
        await staff.GetByRole(AriaRole.Button, new() { Name = "Act as this person" }).ClickAsync();
        await staff.GetByRole(AriaRole.Textbox, new() { Name = "Reason", Exact = true }).FillAsync("Ticket 4711: the calendar shows the wrong week");
        await staff.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        var banner = staff.GetByRole(AriaRole.Region, new() { Name = "Staff act as this customer" });
        foreach (var path in new[] { "/", "/calendar", "/settings" })
        {
            await staff.OpenAsync(app, path);
            await Assertions.Expect(banner).ToBeInViewportAsync();
            await Assertions.Expect(banner).ToContainTextAsync("Ticket 4711");
            (await Chromium.ViolationsAsync(staff)).ShouldBeEmpty();
        }
        await banner.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await staff.WaitForURLAsync(url => url.Contains("/admin/users/", StringComparison.Ordinal));
        await staff.GotoAsync($"{app.Url}/calendar");
        await staff.WaitForURLAsync(url => url.Contains("/sign-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_passkey_is_added_and_opens_the_account_without_the_password()
    {
        var page = await chromium.OpenAsync();
        await using var app = await AppProcess.StartAsync();
        // An address is no name that passkeys can be bound to.
        var site = app.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("WebAuthn.enable");
        await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await page.GotoAsync($"{site}/sign-up");
        await page.GetByLabel("First name").FillAsync("Ada");
        await page.GetByLabel("Last name").FillAsync("Lovelace");
        await page.GetByLabel("Organization").FillAsync("Lantern House");
        await page.GetByLabel("E-mail").FillAsync("ada@passkey.journeys.test");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Person.Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-up", StringComparison.Ordinal));
        await page.GotoAsync($"{site}/account/security");
        await page.SettledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByLabel("Name of the passkey").FillAsync("Laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove Laptop" })).ToBeVisibleAsync();
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync($"{site}/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.SettledAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Dashboard" })).ToBeVisibleAsync();
    }
}
