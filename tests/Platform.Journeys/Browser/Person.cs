using Microsoft.Playwright;

namespace Platform.Journeys.Browser;

/// <summary>What a person does in a browser, in the words on the page.</summary>
public static class Person
{
    /// <summary>The password that people in journeys choose.</summary>
    public const string Password = "Violet-Kettle-Harbour-73";

    /// <summary>Fills in the sign-up form and waits for the app behind it.</summary>
    public static Task SignUpAsync(this IPage page, AppProcess app, string email, string organization) => page.SignUpAsync(app.Url, email, organization);

    /// <summary>The same at an address of its own, such as a proxy's.</summary>
    public static async Task SignUpAsync(this IPage page, string site, string email, string organization)
    {
        await page.GotoAsync($"{site}/sign-up");
        await page.GetByLabel("First name").FillAsync("Ada");
        await page.GetByLabel("Last name").FillAsync("Lovelace");
        await page.GetByLabel("Organization").FillAsync(organization);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-up", StringComparison.Ordinal));
    }

    /// <summary>Signs a staff account in.</summary>
    public static async Task SignInAsStaffAsync(this IPage page, AppProcess app)
    {
        await page.GotoAsync($"{app.Url}/admin/sign-in");
        await page.GetByLabel("E-mail").FillAsync(AppProcess.StaffEmail);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AppProcess.StaffPassword);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Signs in to the demo organization with the password that <c>--demo</c> printed.</summary>
    public static async Task SignInToDemoAsync(this IPage page, AppProcess app)
    {
        var (email, password) = app.DemoAccount();
        await page.GotoAsync($"{app.Url}/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    /// <summary>Opens a page of the app and waits until it is live (its circuit answers) and has read what it shows.</summary>
    public static Task OpenAsync(this IPage page, AppProcess app, string path) => page.OpenAsync(app.Url, path);

    /// <summary>The same at an address of its own, such as a proxy's.</summary>
    public static async Task OpenAsync(this IPage page, string site, string path)
    {
        await page.GotoAsync(site + path);
        await page.SettledAsync();
    }

    /// <summary>
    /// Opens an address after the server was away. The page that is open comes back by itself and loads itself anew as soon as the server answers;
    /// where that ends this navigation, the person asks once more.
    /// </summary>
    public static async Task ReturnAsync(this IPage page, string address)
    {
        for (var left = 5; ; left--)
        {
            try
            {
                await page.GotoAsync(address);
                return;
            }
            catch (PlaywrightException broken) when (left > 0 && (broken.Message.Contains("ERR_ABORTED", StringComparison.Ordinal) || broken.Message.Contains("interrupted by another navigation", StringComparison.Ordinal)))
            {
                // The page's own load is under way: it is let finish, so that the next one is alone.
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            }
        }
    }

    /// <summary>Waits until nothing on the page says that it is loading.</summary>
    public static async Task SettledAsync(this IPage page)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        // A page of the app can be used once its circuit hears events; what is clicked before is lost.
        if (await page.Locator(".shell").CountAsync() > 0) { await Assertions.Expect(page.Locator("html[data-live]")).ToHaveCountAsync(1); }
        await Assertions.Expect(page.Locator(".skeleton")).ToHaveCountAsync(0);
    }
}
