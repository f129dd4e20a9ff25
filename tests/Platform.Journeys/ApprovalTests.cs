using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>Two people look before anything leaves: invite, accept, draft, ask for changes, edit, approve in two steps, published.</summary>
public sealed class ApprovalTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string EditorEmail = "edda@journey.test";

    [Fact]
    public async Task An_invited_editor_is_asked_for_changes_and_two_people_approve_before_it_is_published()
    {
        await using var app = await AppProcess.StartAsync(["--demo"]);
        var owner = await chromium.OpenAsync(zone: "UTC");
        await owner.SignInToDemoAsync(app);
        await RulesAsync(owner, app);
        await InviteAsync(owner, app);
        var editor = await AcceptAsync(app);
        var manager = await ManagerAsync(app);

        var post = await SubmitAsync(editor, app, "Buy our coffee now!!!");
        // The menu says so by itself, on the page that was open before.
        await Expect(manager.Locator(".side a[href='/approvals'] .count")).ToContainTextAsync("wait");
        await AskForChangesAsync(manager, app);
        await ImproveAsync(editor, app, post);

        await ApproveAsync(manager, app, "Buy our coffee.");
        await Expect(editor.Locator(".publication .badge").First).ToContainTextAsync("Awaiting approval");
        await ApproveAsync(owner, app, "Buy our coffee.");
        // It changes by itself, without a reload, as soon as the last word is said.
        await Expect(editor.Locator(".publication .badge").First).ToContainTextAsync("Published", new() { Timeout = 60_000 });
        await Expect(editor.GetByRole(AriaRole.List, new() { Name = "Steps" }).First).ToContainTextAsync("by Mats Eriksen");
    }

    private static async Task RulesAsync(IPage page, AppProcess app)
    {
        await page.OpenAsync(app, "/settings/approval");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a step" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a step" }).ClickAsync();
        var (first, second) = (page.GetByRole(AriaRole.Group, new() { Name = "Step 1", Exact = true }), page.GetByRole(AriaRole.Group, new() { Name = "Step 2", Exact = true }));
        await first.GetByLabel("Name").FillAsync("Brand");
        await second.GetByLabel("Name").FillAsync("Owner");
        await second.GetByRole(AriaRole.Checkbox, new() { Name = "Managers" }).UncheckAsync();
        await second.GetByRole(AriaRole.Checkbox, new() { Name = "Owners" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).First.ClickAsync();
        await Expect(page.GetByText("The rules are saved.")).ToBeVisibleAsync();
    }

    private static async Task InviteAsync(IPage page, AppProcess app)
    {
        await page.OpenAsync(app, "/team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite a member" }).First.ClickAsync();
        await page.GetByLabel("E-mail address").FillAsync(EditorEmail);
        await page.GetByLabel("Role", new() { Exact = true }).SelectOptionAsync("Editor");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the invitation" }).ClickAsync();
        await Expect(page.GetByText(EditorEmail).First).ToBeVisibleAsync();
    }

    private async Task<IPage> AcceptAsync(AppProcess app)
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        await page.GotoAsync($"{app.Url}/dev/mailbox");
        var link = await page.Locator("a[href*='/invitations/']").First.GetAttributeAsync("href");
        await page.GotoAsync(new Uri(new Uri(app.Url), new Uri(link!, UriKind.RelativeOrAbsolute)).PathAndQuery.Insert(0, app.Url));
        await page.GetByLabel("First name").FillAsync("Edda");
        await page.GetByLabel("Last name").FillAsync("Lind");
        await page.GetByLabel(new Regex("[Pp]assword")).First.FillAsync(Person.Password);
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/invitations/", StringComparison.Ordinal));
        return page;
    }

    private async Task<IPage> ManagerAsync(AppProcess app)
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        await page.GotoAsync($"{app.Url}/sign-in");
        await page.GetByLabel("E-mail").FillAsync("mats@northwind.example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(app.DemoAccount().Password);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        return page;
    }

    private static async Task<string> SubmitAsync(IPage page, AppProcess app, string text)
    {
        await page.OpenAsync(app, "/compose");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Northwind Coffee") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync(text);
        await Expect(page.Locator(".save-note")).ToContainTextAsync("Saved");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/posts/[0-9a-f]{32}$"));
        await Expect(page.Locator(".publication .badge").First).ToContainTextAsync("Awaiting approval");
        await page.SettledAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task AskForChangesAsync(IPage page, AppProcess app)
    {
        await page.OpenAsync(app, "/approvals");
        await Expect(page.Locator(".preview-text").First).ToContainTextAsync("Buy our coffee now!!!");
        await page.Keyboard.PressAsync("r");
        await page.GetByLabel("What should change?").FillAsync("Fewer exclamation marks, please.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nothing waits for you")).ToBeVisibleAsync();
    }

    private static async Task ImproveAsync(IPage page, AppProcess app, string post)
    {
        // The page of the author follows by itself.
        await Expect(page.GetByText("Fewer exclamation marks, please.").Filter(new() { Visible = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/compose/"));
        await page.SettledAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync("Buy our coffee.");
        await Expect(page.Locator(".save-note")).ToContainTextAsync("Saved");
        await page.OpenAsync(app, post);
        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as made" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Not made yet" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit for approval" }).ClickAsync();
        await Expect(page.Locator(".publication .badge").First).ToContainTextAsync("Awaiting approval");
    }

    private static async Task ApproveAsync(IPage page, AppProcess app, string text)
    {
        await page.OpenAsync(app, "/approvals");
        await Expect(page.Locator(".preview-text").First).ToContainTextAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nothing waits for you")).ToBeVisibleAsync();
    }
}
