using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>The main job, as its user does it: sign up, connect, write, schedule, see it published.</summary>
public sealed class MainJobTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_company_signs_up_connects_writes_schedules_and_sees_its_post_published_on_the_channels_public_page()
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "ada@journey.test", "Analytical Engines");

        await page.OpenAsync(app, "/channels");
        await ConnectSandboxAsync(page);

        await page.OpenAsync(app, "/compose");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("The engine weaves algebraical patterns. https://example.com #engine");
        await Expect(page.Locator(".preview-text")).ToContainTextAsync("algebraical patterns");
        await Expect(page.Locator(".counters .counter").First).ToContainTextAsync("/");
        await Expect(page.Locator(".save-note")).ToContainTextAsync("Saved");

        var due = DateTime.UtcNow.AddMinutes(1);
        await page.GetByLabel("Time zone").SelectOptionAsync("UTC");
        await page.GetByLabel("Date").FillAsync(due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync(due.ToString("HH:mm", CultureInfo.InvariantCulture));
        await Expect(page.Locator("#when-says")).ToContainTextAsync("UTC");
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule", Exact = true }).ClickAsync();

        await page.WaitForURLAsync(new Regex("/posts/[0-9a-f]{32}$"));
        await Expect(page.Locator(".publication .badge").First).ToContainTextAsync("Scheduled");
        // It changes by itself, without a reload, at its minute.
        await Expect(page.Locator(".publication .badge").First).ToContainTextAsync("Published", new() { Timeout = 90_000 });
        await Expect(page.Locator(".publication summary").First).ToContainTextAsync("1 attempt");

        var link = page.GetByRole(AriaRole.Link, new() { Name = "See it there" });
        var stranger = await chromium.OpenAsync();
        await stranger.GotoAsync(new Uri(new Uri(app.Url), await link.GetAttributeAsync("href")).ToString());
        await Expect(stranger.Locator("main")).ToContainTextAsync("The engine weaves algebraical patterns.");
    }

    [Fact]
    public async Task A_draft_survives_leaving_the_page_and_a_restart_of_the_server()
    {
        var page = await chromium.OpenAsync();
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "grace@journey.test", "Compilers");
        await page.OpenAsync(app, "/channels");
        await ConnectSandboxAsync(page);
        await page.OpenAsync(app, "/compose");
        var text = page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true });
        await text.FillAsync("Kept however the page is left.");
        await page.WaitForURLAsync(new Regex("/compose/[0-9a-f]{32}$"));
        var address = page.Url;

        await app.StopAsync();
        await app.RestartAsync();
        await page.ReturnAsync(address);
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true })).ToHaveValueAsync("Kept however the page is left.");
    }

    [Fact]
    public async Task A_scheduled_post_is_moved_by_keyboard_and_the_move_is_undone()
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "mary@journey.test", "Orbits");
        await page.OpenAsync(app, "/channels");
        await ConnectSandboxAsync(page);
        await ScheduleAsync(page, app, "To be moved", DateTime.UtcNow.Date.AddDays(1).AddHours(9));

        await page.OpenAsync(app, $"/calendar?view=week&date={DateTime.UtcNow.AddDays(1):yyyy-MM-dd}");
        var chip = page.Locator(".chip-link", new() { HasText = "To be moved" });
        await chip.FocusAsync();
        await chip.PressAsync("m");
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync("15:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();
        await Expect(page.Locator(".chip-link", new() { HasText = "To be moved" })).ToContainTextAsync("15:30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.Locator(".chip-link", new() { HasText = "To be moved" })).ToContainTextAsync("09:00");
    }

    private static async Task ScheduleAsync(IPage page, AppProcess app, string text, DateTime utc)
    {
        await page.OpenAsync(app, "/compose");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync(text);
        await page.GetByLabel("Time zone").SelectOptionAsync("UTC");
        await page.GetByLabel("Date").FillAsync(utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync(utc.ToString("HH:mm", CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Schedule", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/posts/[0-9a-f]{32}$"));
    }

    private static async Task ConnectSandboxAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect a channel" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sandbox" }).ClickAsync();
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(page.Locator("main .list > li")).ToHaveCountAsync(1);
    }
}
