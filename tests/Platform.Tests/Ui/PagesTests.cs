using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Platform.Coordination;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using Platform.Ui;
using Platform.Ui.Layouts;
using Platform.Ui.Live;

namespace Platform.Tests.Ui;

/// <summary>Pages as the server first draws them, over HTTP and for real people.</summary>
public sealed class PagesTests(PagesTests.Fixture fixture) : IClassFixture<PagesTests.Fixture>
{
    [Fact]
    public async Task Every_page_of_the_menu_is_drawn_for_an_owner()
    {
        var menu = fixture.App.Get<ShellParts>().Menu.Where(m => m.Area == MenuArea.Customer).ToList();
        menu.Count.ShouldBeGreaterThan(3);
        foreach (var entry in menu)
        {
            var (status, html) = await GetAsync(fixture.Owner.Client, entry.Url);
            status.ShouldBe(HttpStatusCode.OK, entry.Url);
            html.ShouldContain("<h1", customMessage: entry.Url);
            html.ShouldNotContain("This page failed", customMessage: entry.Url);
        }
    }

    [Fact]
    public async Task An_address_that_leads_nowhere_shows_the_page_that_says_so()
    {
        var (status, html) = await GetAsync(fixture.Owner.Client, "/no-such-page");
        status.ShouldBe(HttpStatusCode.NotFound);
        html.ShouldContain("There is no such page");
    }

    [Fact]
    public async Task A_page_that_ones_role_does_not_include_says_so()
    {
        var (status, html) = await GetAsync(fixture.Owner.Client, "/admin/users");
        status.ShouldNotBe(HttpStatusCode.OK);
        html.ShouldNotContain("Last sign-in");
    }

    [Fact]
    public async Task The_api_answers_machines_without_html()
    {
        var answer = await fixture.Owner.Client.GetAsync("/api/v1/no-such-thing");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("<html");
    }

    // What stands in the circuit is held by the server for as long as the page is open.
    [Fact]
    public async Task Palette_and_help_are_drawn_once_beside_the_circuit_and_offer_what_the_frame_offers()
    {
        var (_, html) = await GetAsync(fixture.Owner.Client, "/");
        html.Split("id=\"palette\"").Length.ShouldBe(2);
        html.Split("id=\"help-dialog\"").Length.ShouldBe(2);
        var offers = html.Split("data-offer=\"").Skip(1).Select(part => part.Split('"')[0]).ToList();
        offers.Count.ShouldBe(2);
        offers[0].ShouldBe(offers[1]);
        html.IndexOf("id=\"palette\"", StringComparison.Ordinal).ShouldBeGreaterThan(html.LastIndexOf("<!--Blazor:", StringComparison.Ordinal), "the palette stands outside of the circuit");
        html.ShouldContain("data-search=\"go to calendar\"");
        (await GetAsync(fixture.App.CreateClient(), "/sign-in")).Html.ShouldNotContain("frame-dialogs");
    }

    [Fact]
    public async Task Open_pages_of_an_organization_hear_together_and_one_that_fails_hurts_no_other()
    {
        var (live, signals) = (fixture.App.Get<ILiveEvents>(), fixture.App.Get<ISignals>());
        var topic = Topics.Live(fixture.Owner.Caller.Organization!.Value.Value);
        var heard = new ConcurrentQueue<string>();
        Func<LiveChange, Task> Note(string who) => change => { heard.Enqueue($"{who} {change.Kind} {change.Id}"); return who == "broken" ? throw new InvalidOperationException("broken") : Task.CompletedTask; };
        var broken = live.Subscribe(fixture.Owner.Caller, ["test-one"], Note("broken"));
        var gone = live.Subscribe(fixture.Owner.Caller, ["test-one"], Note("gone"));
        using var both = live.Subscribe(fixture.Owner.Caller, ["test-one", "test-two"], Note("both"));
        gone.Dispose();

        await signals.PublishAsync(topic, """{"kind":"test-one","id":"1"}""");
        await signals.PublishAsync(topic, """{"kind":"test-two","id":"2"}""");
        await Eventually.TrueAsync(() => heard.Count == 3, "all that follow heard");
        heard.Order(StringComparer.Ordinal).ShouldBe(["both test-one 1", "both test-two 2", "broken test-one 1"]);

        broken.Dispose();
        both.Dispose();
        using var again = live.Subscribe(fixture.Owner.Caller, ["test-two"], Note("again"));
        await signals.PublishAsync(topic, """{"kind":"test-two","id":"3"}""");
        await Eventually.TrueAsync(() => heard.Contains("again test-two 3"), "who came later heard");
        heard.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("dark", true)]
    [InlineData("light", true)]
    [InlineData("\"onload=", false)]
    public async Task The_chosen_theme_is_in_the_first_paint_and_nothing_else_is_echoed(string theme, bool taken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.TryAddWithoutValidation("Cookie", $"theme={theme}");
        request.Headers.Accept.ParseAdd("text/html");
        var html = await (await fixture.App.CreateClient().SendAsync(request)).Content.ReadAsStringAsync();
        html.Contains($"data-theme=\"{theme}\"", StringComparison.Ordinal).ShouldBe(taken);
        html.Contains("data-theme", StringComparison.Ordinal).ShouldBe(taken);
    }

    [Fact]
    public async Task First_steps_follow_what_is_stored()
    {
        var person = await fixture.App.SignUpAsync();
        (await GetAsync(person.Client, "/")).Html.ShouldContain("0 of 4 done");

        await (await person.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync();

        (await GetAsync(person.Client, "/")).Html.ShouldContain("1 of 4 done");
    }

    [Fact]
    public async Task A_practice_page_is_open_to_all_and_an_unknown_one_is_missing()
    {
        var channel = await (await fixture.Owner.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox", displayName = "Evening <b>market</b>" })).ReadAsync();
        var (status, html) = await GetAsync(fixture.App.CreateClient(), "/sandbox/" + channel.GetProperty("handle").GetString());

        status.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("Evening &lt;b&gt;market&lt;/b&gt;");
        (await GetAsync(fixture.App.CreateClient(), "/sandbox/nobody-here")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_from_outside_puts_no_words_of_its_own_on_a_page()
    {
        var (_, html) = await GetAsync(fixture.Owner.Client, "/channels?problem=evil&message=Ring%20us%20now");
        html.ShouldContain("Not connected");
        html.ShouldNotContain("Ring us now");
    }

    private static async Task<(HttpStatusCode Status, string Html)> GetAsync(HttpClient client, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("text/html");
        var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public PlatformApp App { get; } = new();

        public TestCustomer Owner { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Owner = await App.SignUpAsync();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }
}
