using Microsoft.Playwright;
using Platform.Journeys.Browser;

namespace Platform.Journeys;

/// <summary>
/// Every page, light and dark, wide and narrow: no accessibility violation, nothing wider than the window, no error in the console.
/// With TOUR set to a folder each page is also kept as a picture: <c>TOUR=docs/screens dotnet test tests/Platform.Journeys --filter EveryPage</c>.
/// </summary>
public sealed class EveryPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] CustomerPages = ["/", "/channels", "/compose", "/calendar", "/calendar?view=week", "/posts", "/approvals", "/settings/approval", "/agents", "/notifications", "/account", "/account/security", "/settings", "/audit", "/integrations/api-keys", "/library", "/library?tab=sets", "/settings?tab=profile", "/settings?tab=links", "/settings?tab=security", "/settings?tab=close", "/team", "/team?tab=invitations", "/brand", "/organizations/new"];
    private static readonly string[] StaffPages = ["/admin", "/admin/account", "/admin/users", "/admin/organizations", "/admin/jobs", "/admin/audit", "/admin/staff", "/admin/roles", "/admin/security", "/admin/keys"];
    private static readonly string[] OpenPages = ["/sign-in", "/confirm-email", "/cancel-email", "/sign-up", "/forgot-password", "/admin/sign-in"];

    [Fact]
    public async Task Pages_for_strangers_are_sound() => await ScanAsync("open", OpenPages, (_, _) => Task.CompletedTask, demo: false);

    [Fact]
    public async Task Pages_of_a_new_organization_are_sound() =>
        await ScanAsync("empty", CustomerPages, (page, app) => page.SignUpAsync(app, $"{Guid.CreateVersion7():n}@pages.test", "Empty House"), demo: false);

    [Fact]
    public async Task Pages_of_the_demo_organization_are_sound() => await ScanAsync("demo", CustomerPages, (page, app) => page.SignInToDemoAsync(app), demo: true);

    [Fact]
    public async Task Staff_pages_are_sound() => await ScanAsync("staff", StaffPages, (page, app) => page.SignInAsStaffAsync(app), demo: true);

    private async Task ScanAsync(string name, string[] routes, Func<IPage, AppProcess, Task> enter, bool demo)
    {
        // Skips before the app is started where there is no browser.
        await (await chromium.OpenAsync()).CloseAsync();
        await using var app = await AppProcess.StartAsync(demo ? ["--demo"] : []);
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (size, width, height) in Chromium.Sizes)
            {
                var page = await chromium.OpenAsync(width, height, scheme);
                page.Console += (_, message) => { if (message.Type == "error") { faults.Add($"{page.Url}: console: {message.Text}"); } };
                await enter(page, app);
                foreach (var route in routes) { faults.AddRange(await LookAsync(page, app, route, $"{name}-{scheme}-{size}".ToLowerInvariant())); }
                await page.Context.CloseAsync();
            }
        }
        string.Join('\n', faults.Distinct().Take(60)).ShouldBeEmpty();
    }

    private static async Task<List<string>> LookAsync(IPage page, AppProcess app, string route, string variant)
    {
        await page.OpenAsync(app, route);
        if (Environment.GetEnvironmentVariable("TOUR") is { Length: > 0 } folder)
        {
            var file = Path.Combine(AppProcess.RepositoryRoot(), folder, $"{(route == "/" ? "home" : route.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-'))}-{variant}.png");
            await page.ScreenshotAsync(new() { Path = file, FullPage = true });
        }
        var wider = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        var faults = (await Chromium.ViolationsAsync(page)).Select(v => $"{route} ({variant}): {v}").ToList();
        if (wider > 0) { faults.Add($"{route} ({variant}): {wider} px wider than the window"); }
        return faults;
    }
}
