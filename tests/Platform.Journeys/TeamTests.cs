using Microsoft.Playwright;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>A team as its people meet it: invited by mail, joined in another browser, given another role, removed.</summary>
public sealed class TeamTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_colleague_is_invited_joins_gets_another_role_on_an_open_page_and_is_removed()
    {
        var owner = await chromium.OpenAsync();
        await using var app = await AppProcess.StartAsync();
        await owner.SignUpAsync(app, "ada@team.test", "Lantern House");
        await owner.OpenAsync(app, "/team");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Invite a member" }).ClickAsync();
        await owner.Locator("dialog[open]").GetByLabel("E-mail address").FillAsync("grace@team.test");
        await owner.Locator("dialog[open]").GetByLabel("A few words").FillAsync("Come and write with us.");
        await owner.GetByRole(AriaRole.Button, new() { Name = "Send the invitation" }).ClickAsync();
        await Expect(owner.Locator("dialog[open]")).ToHaveCountAsync(0);

        // The mail, in the mailbox of development.
        await owner.OpenAsync(app, "/dev/mailbox");
        var link = await owner.Locator("a[href*='/invitations/']").First.GetAttributeAsync("href");

        // Phone width, in a browser of her own.
        var member = await chromium.OpenAsync(360, 740);
        await member.GotoAsync(app.Url + new Uri(link!).PathAndQuery);
        await Expect(member.Locator("h1")).ToContainTextAsync("Join Lantern House");
        await Expect(member.Locator("main")).ToContainTextAsync("Come and write with us.");
        await member.GetByLabel("First name").FillAsync("Grace");
        await member.GetByLabel("Last name").FillAsync("Hopper");
        await member.GetByLabel("Password", new() { Exact = true }).FillAsync("correct horse battery");
        await member.GetByRole(AriaRole.Button, new() { Name = "Make the account and join" }).ClickAsync();
        await member.OpenAsync(app, "/team");
        await Expect(member.Locator("main")).ToContainTextAsync("Grace Hopper");
        await Expect(member.GetByRole(AriaRole.Button, new() { Name = "Invite a member" })).ToHaveCountAsync(0);

        await owner.OpenAsync(app, "/team");
        await Expect(owner.Locator("tbody tr")).ToHaveCountAsync(2);
        var row = owner.Locator("tbody tr", new() { HasText = "Grace Hopper" });
        await row.Locator("summary").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Change role and channels" }).ClickAsync();
        await owner.Locator("dialog[open] select").SelectOptionAsync("Admin");
        await owner.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        // Her open page follows, without a reload.
        await Expect(member.GetByRole(AriaRole.Button, new() { Name = "Invite a member" })).ToBeVisibleAsync();

        await row.Locator("summary").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove from the organization" }).ClickAsync();
        await owner.Locator("dialog[open] input").FillAsync("grace@team.test");
        await owner.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Remove from the organization" }).ClickAsync();
        await Expect(owner.Locator("tbody tr")).ToHaveCountAsync(1);
        await member.WaitForURLAsync("**/no-access");
        await Expect(member.Locator("h1")).ToContainTextAsync("You are in no organization");
        string.Join('\n', await Chromium.ViolationsAsync(member)).ShouldBeEmpty();
    }
}
