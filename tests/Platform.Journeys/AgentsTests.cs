using Microsoft.Playwright;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>The agents as a person meets them: beside the composer, and on their own pages.</summary>
public sealed class AgentsTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_person_lets_agents_draft_find_a_time_and_plan_a_week_and_decides_on_each()
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        await using var app = await AppProcess.StartAsync();
        await page.SignUpAsync(app, "hedy@journey.test", "Frequency Works");
        await page.OpenAsync(app, "/channels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect a channel" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sandbox" }).ClickAsync();
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);

        await page.OpenAsync(app, "/compose");
        await page.GetByLabel("What is it about?").FillAsync("Announce our spring menu. It starts on Friday at 18:00.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Draft" }).ClickAsync();
        await Expect(page.Locator(".suggestion")).ToContainTextAsync("spring menu");
        await SoundAsync(page, "compose-suggestion");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true })).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("spring menu"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Best times" }).ClickAsync();
        await Expect(page.Locator(".suggestion")).ToContainTextAsync("No numbers of your own yet");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take this time" }).First.ClickAsync();
        await Expect(page.Locator("#when-says")).ToContainTextAsync("UTC");

        await page.OpenAsync(app, "/agents");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan a week" }).ClickAsync();
        await page.GetByLabel("Topics").FillAsync("The new radio is here\nHow we tune it");
        await page.Locator("dialog[open] input[type=checkbox]").CheckAsync();
        await SoundAsync(page, "agents-plan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plan", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("/agents/runs/[0-9a-f]{32}$"));
        await Expect(page.Locator(".suggestion-card")).ToHaveCountAsync(2, new() { Timeout = 60_000 });
        await SoundAsync(page, "agents-run");

        await page.OpenAsync(app, "/agents");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept and schedule" }).First.ClickAsync();
        await Expect(page.Locator(".suggestion-card")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).First.ClickAsync();
        await page.GetByLabel("Why not?").FillAsync("Too technical");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reject" }).First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing to decide");
        await page.OpenAsync(app, "/agents?tab=runs");
        await Expect(page.Locator("table tbody tr")).ToHaveCountAsync(3);
        await SoundAsync(page, "agents-runs");
        await page.OpenAsync(app, "/posts");
        await Expect(page.Locator("main")).ToContainTextAsync("How we tune it");
    }

    // No accessibility violation and nothing wider than the window, wide and narrow; with TOUR set, also a picture.
    private static async Task SoundAsync(IPage page, string name)
    {
        foreach (var (size, width, height) in Chromium.Sizes)
        {
            await page.SetViewportSizeAsync(width, height);
            if (Environment.GetEnvironmentVariable("TOUR") is { Length: > 0 } folder) { await page.ScreenshotAsync(new() { Path = Path.Combine(AppProcess.RepositoryRoot(), folder, $"{name}-{size}.png"), FullPage = true }); }
            string.Join('\n', (await Chromium.ViolationsAsync(page)).Distinct()).ShouldBeEmpty($"{name} ({size})");
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, $"{name} ({size}) is wider than the window");
        }
        await page.SetViewportSizeAsync(1440, 900);
    }
}
