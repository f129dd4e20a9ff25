using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Platform.Journeys.Browser;
using Platform.Tests.Faults;
using Platform.Tests.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>Two copies of the app on one MongoDB and one Redis, as people on different copies meet them.</summary>
public sealed class CopiesTests(Chromium chromium) : IClassFixture<Chromium>
{
    private readonly Dictionary<string, string> _shared = new()
    {
        ["Storage__Engine"] = "Mongo", ["Storage__MongoDatabase"] = $"test_copies_{Guid.NewGuid():N}", ["Platform__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
    };

    [Fact]
    public async Task People_on_two_copies_see_each_other_and_each_others_changes_at_once_and_without_redis_soon()
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        using var redis = RedisProcess.Choose();
        await redis.StartAsync();
        await using var one = await StartAsync(redis);
        await using var other = await StartAsync(redis);
        await page.SignUpAsync(one, "ada@copies.test", "Two Lanterns");
        await ConnectAsync(page, one);
        // The sign-in of one copy is good on the other: cookies know no ports.
        var list = await page.Context.NewPageAsync();
        await list.OpenAsync(other, "/posts");
        await PublishAsync(page, one, "Seen over there at once");
        await Expect(list.Locator("main")).ToContainTextAsync("Seen over there at once", new() { Timeout = 10_000 });

        var draft = await WriteAsync(page, one, "Two of us write this");
        var colleague = await JoinAsync(page, one, other);
        await colleague.OpenAsync(other, new Uri(draft).AbsolutePath);
        await Expect(colleague.Locator(".also-here")).ToContainTextAsync("Ada Lovelace is editing this post as well");
        await Expect(page.Locator(".also-here")).ToContainTextAsync("Grace Hopper is editing this post as well");
        string.Join('\n', await Chromium.ViolationsAsync(page)).ShouldBeEmpty();
        await colleague.CloseAsync();
        await Expect(page.Locator(".also-here")).ToHaveCountAsync(0, new() { Timeout = 45_000 });

        var staff = await chromium.OpenAsync();
        await staff.SignInAsStaffAsync(other);
        await staff.OpenAsync(other, "/admin");
        await Expect(staff.Locator(".alone")).ToHaveCountAsync(0);
        redis.Kill();
        await Expect(staff.Locator(".alone")).ToContainTextAsync("Redis does not answer");
        string.Join('\n', await Chromium.ViolationsAsync(staff)).ShouldBeEmpty();
        (await HealthAsync(other)).ShouldContain("\"coordination\":\"degraded\"");
        await PublishAsync(page, one, "Seen over there by looking");
        await Expect(list.Locator("main")).ToContainTextAsync("Seen over there by looking", new() { Timeout = 20_000 });
        await redis.StartAsync();
        await Expect(staff.Locator(".alone")).ToHaveCountAsync(0);
        (await HealthAsync(other)).ShouldContain("\"coordination\":\"working\"");
    }

    private const string Typed = "Begun on the first copy, and typed while it went away";

    [Fact]
    public async Task A_rolling_restart_takes_an_open_page_to_the_other_copy_with_what_was_typed()
    {
        var page = await chromium.OpenAsync(zone: "UTC");
        using var redis = RedisProcess.Choose();
        await redis.StartAsync();
        await using var one = await StartAsync(redis);
        await using var other = await StartAsync(redis);
        using var door = new FrontDoor(one, other);
        await page.SignUpAsync(one, "grace@copies.test", "Moving House");
        await ConnectAsync(page, one);
        var draft = await WriteAsync(page, one, "Begun on the first copy");
        await page.GotoAsync(door.Url + new Uri(draft).AbsolutePath);
        await page.SettledAsync();
        var text = page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true });
        // Typed, not saved yet: the copy goes away in the same moment.
        await text.FillAsync(Typed);
        await one.StopAsync();
        // The page finds the other copy by itself, and the words are there.
        await Expect(page.Locator("#connection[data-state]")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true })).ToHaveValueAsync(Typed, new() { Timeout = 20_000 });
        // And they are saved there: a second page reads the draft until it has them, while the first stays open.
        var second = await page.Context.NewPageAsync();
        var saved = second.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true });
        for (var tries = 0; tries < 15; tries++)
        {
            await second.OpenAsync(other, new Uri(draft).AbsolutePath);
            if (await saved.InputValueAsync() == Typed) { return; }
        }
        await Expect(saved).ToHaveValueAsync(Typed);
    }

    private Task<AppProcess> StartAsync(RedisProcess redis)
    {
        _shared["Storage__MongoUri"] = TestServers.Require("MONGODB_URI");
        _shared["Coordination__RedisUrl"] = redis.Address;
        return AppProcess.StartAsync(settings: _shared);
    }

    private static async Task ConnectAsync(IPage page, AppProcess app)
    {
        await page.OpenAsync(app, "/channels");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect a channel" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sandbox" }).ClickAsync();
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        await Expect(page.Locator("main .list > li")).ToHaveCountAsync(1);
    }

    private static async Task<string> WriteAsync(IPage page, AppProcess app, string text)
    {
        await page.OpenAsync(app, "/compose");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Text", Exact = true }).FillAsync(text);
        await page.WaitForURLAsync(new Regex("/compose/[0-9a-f]{32}$"));
        await Expect(page.Locator(".save-note")).ToContainTextAsync("Saved");
        return page.Url;
    }

    private static async Task PublishAsync(IPage page, AppProcess app, string text)
    {
        await WriteAsync(page, app, text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/posts/[0-9a-f]{32}$"));
    }

    private async Task<IPage> JoinAsync(IPage owner, AppProcess one, AppProcess other)
    {
        var invite = await owner.Context.NewPageAsync();
        await invite.OpenAsync(one, "/team");
        await invite.GetByRole(AriaRole.Button, new() { Name = "Invite a member" }).ClickAsync();
        await invite.Locator("dialog[open]").GetByLabel("E-mail address").FillAsync("grace@two.test");
        await invite.GetByRole(AriaRole.Button, new() { Name = "Send the invitation" }).ClickAsync();
        await Expect(invite.Locator("dialog[open]")).ToHaveCountAsync(0);
        await invite.OpenAsync(one, "/dev/mailbox");
        var link = await invite.Locator("a[href*='/invitations/']").First.GetAttributeAsync("href");
        await invite.CloseAsync();
        var member = await chromium.OpenAsync();
        await member.GotoAsync(other.Url + new Uri(link!).PathAndQuery);
        await member.GetByLabel("First name").FillAsync("Grace");
        await member.GetByLabel("Last name").FillAsync("Hopper");
        await member.GetByLabel("Password", new() { Exact = true }).FillAsync("correct horse battery");
        await member.GetByRole(AriaRole.Button, new() { Name = "Make the account and join" }).ClickAsync();
        await member.WaitForURLAsync(url => !url.Contains("/invitations/", StringComparison.Ordinal));
        return member;
    }

    private static async Task<string> HealthAsync(AppProcess app)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"{app.Url}/health/ready"));
    }
}
