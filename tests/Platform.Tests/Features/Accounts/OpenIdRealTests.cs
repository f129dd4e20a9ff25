using System.Net;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Signing in through a real provider (oidc-provider), over real sockets, by its own form.</summary>
public sealed class OpenIdRealTests
{
    [Fact]
    public async Task Somebody_new_comes_in_through_the_provider_and_comes_back_as_the_same()
    {
        using var app = App().With("Accounts:OpenIdConnect:AllowRegistration", "true");
        var first = OpenIdTests.Browser(app);
        var done = await first.GetAsync(await VisitAsync((await first.GetAsync("/auth/oidc?returnUrl=/calendar")).Headers.Location!));
        done.Headers.Location!.ToString().ShouldBe("/calendar");
        var me = (await (await first.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user");
        me.GetProperty("emailVerified").GetBoolean().ShouldBeTrue();
        var second = OpenIdTests.Browser(app);
        await second.GetAsync(await VisitAsync((await second.GetAsync("/auth/oidc")).Headers.Location!));
        (await (await second.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("id").GetString().ShouldBe(me.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Who_has_an_account_connects_in_it_and_then_comes_in()
    {
        using var app = App();
        var ada = await app.SignUpAsync();
        var browser = OpenIdTests.Browser(app);
        await BrowserTests.PostAsync(browser, "/sign-in", "sign-in", new() { ["Form.Email"] = ada.Email, ["Form.Password"] = ada.Password });
        (await browser.GetAsync(await VisitAsync(await OpenIdTests.ConnectAsync(browser)))).Headers.Location!.ToString().ShouldBe("/account/security?provider=connected");
        var other = OpenIdTests.Browser(app);
        (await other.GetAsync(await VisitAsync((await other.GetAsync("/auth/oidc")).Headers.Location!))).Headers.Location!.ToString().ShouldBe("/");
        (await (await other.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("id").GetString().ShouldBe(ada.UserId);
    }

    private static PlatformApp App() => new PlatformApp().With("Accounts:OpenIdConnect:Authority", TestServers.Require("OIDC_AUTHORITY"))
        .With("Accounts:OpenIdConnect:ClientId", TestServers.Require("OIDC_CLIENT_ID")).With("Accounts:OpenIdConnect:ClientSecret", TestServers.Require("OIDC_CLIENT_SECRET"));

    // The provider's own pages, by hand: cookies kept, redirects followed until one leads back to the app.
    private static async Task<string> VisitAsync(Uri at)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler);
        for (var steps = 0; steps < 12; steps++)
        {
            var answer = await client.GetAsync(at);
            if (answer.Headers.Location is null)
            {
                answer = await client.PostAsync(at, new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = TestServers.Require("OIDC_USER"), ["password"] = TestServers.Require("OIDC_PASSWORD") }));
            }
            at = new Uri(at, answer.Headers.Location ?? throw new InvalidOperationException($"{(int)answer.StatusCode} at {at}: {await answer.Content.ReadAsStringAsync()}"));
            if (at.AbsolutePath == "/auth/oidc/callback") { return at.PathAndQuery; }
        }
        throw new InvalidOperationException($"still at {at}");
    }
}
