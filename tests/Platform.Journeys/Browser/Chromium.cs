using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Platform.Journeys.Browser;

/// <summary>Debian's Chromium, driven by Playwright; journeys report themselves as skipped where it is not installed.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The widths at which every page is looked at.</summary>
    public static readonly (string Name, int Width, int Height)[] Sizes = [("wide", 1440, 900), ("narrow", 360, 780)];

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program)) { return; }
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A new window with no cookies.</summary>
    public Task<IPage> OpenAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string zone = "Europe/Berlin") =>
        OpenAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme, TimezoneId = zone });

    /// <summary>A new window as asked for: forced colours, another scale.</summary>
    public async Task<IPage> OpenAsync(BrowserNewContextOptions options)
    {
        Assert.SkipWhen(_browser is null, $"{Program} is not installed (.ci/run installs it)");
        options.Locale = "en-GB";
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <summary>What axe-core finds on the page as it stands, one line each; WCAG 2.2 AA and best practice.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } });
        return [.. result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help} — {n.Target} {n.Html[..Math.Min(160, n.Html.Length)]}"))];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) { await _browser.DisposeAsync(); }
        _playwright?.Dispose();
    }
}
