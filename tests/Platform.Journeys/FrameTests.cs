using System.Globalization;
using Microsoft.Playwright;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>Palette and help by keyboard, on a slow line too; the calendar of a phone begins with today.</summary>
public sealed class FrameTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Opener = "document.activeElement.hasAttribute('data-open-palette')";

    [Fact]
    public async Task Palette_and_help_open_at_once_on_a_slow_line_take_every_key_and_give_the_focus_back()
    {
        var page = await chromium.OpenAsync();
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "keys@journey.test", "Keyboards");
        var line = await page.Context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 250, ["downloadThroughput"] = -1, ["uploadThroughput"] = -1 });
        await page.OpenAsync(app, "/");
        await page.Locator("[data-open-palette]").FocusAsync();

        // The first opening, its keys without a pause: none is lost, and Enter takes what they found.
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("calen");
        (await page.EvaluateAsync<string>("document.activeElement.value")).ShouldBe("calen");
        (await page.Locator("#palette [role=option]:visible").CountAsync()).ShouldBe(1);
        (await Chromium.ViolationsAsync(page)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>(Opener)).ShouldBeTrue("the focus is back where it was");

        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#help-dialog dt").First).ToBeVisibleAsync();
        (await Chromium.ViolationsAsync(page)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("Escape");
        (await page.EvaluateAsync<bool>(Opener)).ShouldBeTrue("the focus is back where it was");

        // A choice is a move within the open page, no new document; so are the single keys.
        await page.EvaluateAsync("window.stayed = true");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("calen");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/calendar");
        await Expect(page.Locator(".side .nav-link.active[aria-current=page]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Calendar"));
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("p");
        await page.WaitForURLAsync("**/posts");
        await Expect(page.Locator(".side .nav-link[aria-current=page]")).ToHaveCountAsync(1);
        (await page.EvaluateAsync<bool>("window.stayed === true")).ShouldBeTrue();
    }

    [Fact]
    public async Task On_a_phone_the_calendar_begins_with_today_and_only_there()
    {
        var page = await chromium.OpenAsync(360, 780, zone: "UTC");
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "days@journey.test", "Calendars");
        await page.OpenAsync(app, "/calendar");
        var late = DateTime.UtcNow.Day > 8;
        await Expect(page.Locator(".cell.today .cell-head")).ToBeInViewportAsync();
        (await page.EvaluateAsync<bool>("!!document.activeElement.closest('.calendar')")).ShouldBeFalse("the focus is not moved into the calendar");

        var next = page.GetByRole(AriaRole.Link, new() { Name = "Next month" });
        await next.ClickAsync();
        await page.WaitForURLAsync("**date=**");
        await Expect(page.Locator(".cell.today")).Not.ToBeInViewportAsync();
        (await page.EvaluateAsync<double>("scrollY")).ShouldBeLessThan(200, "another month begins where it begins");

        await page.GetByRole(AriaRole.Link, new() { Name = "Today", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("date=", StringComparison.Ordinal));
        await Expect(page.Locator(".cell.today .cell-head")).ToBeInViewportAsync();
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.GetByRole(AriaRole.Link, new() { Name = "Today", Exact = true }).ClickAsync();
        await Expect(page.Locator(".cell.today .cell-head")).ToBeInViewportAsync();
        (await page.EvaluateAsync<double>("scrollY")).ShouldBeGreaterThan(late ? 100 : -1);

        await page.OpenAsync(app, "/calendar?view=week");
        (await page.EvaluateAsync<double>("scrollY")).ShouldBe(0, "a week is short: half scrolled, its buttons would lie under the bar");
    }
}
