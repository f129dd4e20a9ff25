using Microsoft.Playwright;
using Platform.Journeys.Browser;

namespace Platform.Journeys;

/// <summary>
/// The states that a page is in besides full and empty (a problem, not there, not allowed, loading, cut off from the server), and the ways people look at
/// pages: forced colours, twice the size, no motion.
/// </summary>
public sealed class EveryStateTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Nothing = "01990000000070008000000000000000";
    private static readonly string[] Troubles = ["/no-such-page", $"/posts/{Nothing}", $"/agents/runs/{Nothing}", "/admin", "/calendar?at=nonsense", "/posts?state=nonsense", "/library?q=nothing+has+these+words"];
    private static readonly string[] Pages = ["/", "/channels", "/compose", "/calendar", "/calendar?view=week", "/posts", "/library", "/agents", "/notifications", "/account", "/settings"];
    private static readonly string[] Contrast = ["/", "/compose", "/calendar", "/posts"];

    [Fact]
    public async Task Pages_in_trouble_in_forced_colours_at_twice_the_size_and_cut_off_are_sound()
    {
        await (await chromium.OpenAsync()).CloseAsync();
        await using var app = await AppProcess.StartAsync(["--demo"]);
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            faults.AddRange(await ScanAsync(app, "trouble", new() { ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = scheme }, Troubles, axe: true));
        }
        faults.AddRange(await ScanAsync(app, "trouble, narrow", new() { ViewportSize = new() { Width = 360, Height = 780 } }, Troubles, axe: true));
        faults.AddRange(await ScanAsync(app, "forced colours", new() { ViewportSize = new() { Width = 1440, Height = 900 }, ForcedColors = ForcedColors.Active }, Contrast, axe: true));
        // A window of 1440 px at 200 % has room for 720.
        faults.AddRange(await ScanAsync(app, "at 200 %", new() { ViewportSize = new() { Width = 720, Height = 450 }, DeviceScaleFactor = 2 }, Pages, axe: false));
        faults.AddRange(await CutOffAsync(app));
        string.Join('\n', faults.Distinct().Take(60)).ShouldBeEmpty();
    }

    // Last of all: it ends the server.
    private async Task<List<string>> CutOffAsync(AppProcess app)
    {
        var (page, faults) = (await chromium.OpenAsync(), new List<string>());
        await page.SignInToDemoAsync(app);
        // Without its circuit a page stays as the server first drew it.
        await page.RouteAsync("**/_blazor**", route => route.AbortAsync());
        foreach (var path in (string[])["/", "/posts", "/calendar"])
        {
            await page.GotoAsync(app.Url + path, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            faults.AddRange((await Chromium.ViolationsAsync(page)).Select(v => $"{path} (loading): {v}"));
        }
        await page.UnrouteAsync("**/_blazor**");
        await page.OpenAsync(app, "/posts");
        await app.StopAsync();
        await Assertions.Expect(page.Locator("#connection")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        faults.AddRange((await Chromium.ViolationsAsync(page)).Select(v => $"/posts (cut off): {v}"));
        faults.AddRange(await WiderAsync(page, "/posts", "cut off"));
        return faults;
    }

    private async Task<List<string>> ScanAsync(AppProcess app, string variant, BrowserNewContextOptions options, string[] paths, bool axe)
    {
        var (page, faults) = (await chromium.OpenAsync(options), new List<string>());
        await page.SignInToDemoAsync(app);
        foreach (var path in paths)
        {
            await page.OpenAsync(app, path);
            if (axe) { faults.AddRange((await Chromium.ViolationsAsync(page)).Select(v => $"{path} ({variant}): {v}")); }
            faults.AddRange(await WiderAsync(page, path, variant));
            // Every window here asks for no motion.
            var moving = await page.EvaluateAsync<int>("() => document.getAnimations().filter(a => a.playState === 'running' && (a.effect?.getComputedTiming().duration ?? 0) > 1).length");
            if (moving > 0) { faults.Add($"{path} ({variant}): {moving} animations run though none are wanted"); }
        }
        await page.Context.CloseAsync();
        return faults;
    }

    private static async Task<IReadOnlyList<string>> WiderAsync(IPage page, string path, string variant)
    {
        var wider = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return wider > 0 ? [$"{path} ({variant}): {wider} px wider than the window"] : [];
    }
}
