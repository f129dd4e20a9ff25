using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Api;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S11: every request is counted, by whom it must be; a lock keeps guessers out and never its owner; proxies are believed only where they are known.</summary>
public sealed class LimitTests(ITestOutputHelper output)
{
    private const string From = "X-Test-Address";

    [Fact]
    public async Task S11_every_route_counts_address_account_and_organization()
    {
        var checks = new Checks("S11", output);
        var keys = new ConcurrentQueue<string>();
        CountRequest count = (key, _, _) => { keys.Enqueue(key); return ValueTask.FromResult((1L, TimeSpan.FromMinutes(1))); };
        using var app = new PlatformApp().With("RateLimits:Enabled", "true").With(services => services.Replace(ServiceDescriptor.Singleton(count)));
        var description = System.Text.Json.JsonDocument.Parse(await app.CreateClient().GetStringAsync("/openapi/v1.json")).RootElement;
        var (person, staff) = (await app.SignUpAsync(), await app.StaffAsync());
        foreach (var route in ApiRoute.Read(app, description).Where(r => !r.Path.StartsWith("/health", StringComparison.Ordinal) && !r.Path.EndsWith("/logout", StringComparison.Ordinal) && !r.Path.EndsWith("/sign-out", StringComparison.Ordinal)))
        {
            keys.Clear();
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill()) { Content = route is { IsApi: true, Writes: true } ? JsonContent.Create(new { }) : null };
            using var answer = await (route.IsStaff ? staff.Client : person.Client).SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.UnsupportedMediaType || route.Path.Contains('.', StringComparison.Ordinal)) { continue; }
            checks.That(keys.Any(k => k.Contains("address:", StringComparison.Ordinal)), () => $"{route.Key} counts no address: {string.Join(' ', keys)}");
            if (route.IsOpen) { continue; }
            checks.That(keys.Any(k => k.Contains($"user:{(route.IsStaff ? staff.Caller.UserId : person.UserId)}", StringComparison.Ordinal)), () => $"{route.Key} counts no account: {string.Join(' ', keys)}");
            if (!route.IsStaff) { checks.That(keys.Any(k => k.EndsWith($"organization:{person.OrganizationId}", StringComparison.Ordinal)), () => $"{route.Key} counts no organization: {string.Join(' ', keys)}"); }
        }
        checks.Report(nameof(S11_every_route_counts_address_account_and_organization));
    }

    [Fact]
    public async Task S11_an_organization_has_its_plans_quota_and_no_more()
    {
        using var app = new PlatformApp().With(new FakeClock()).With("RateLimits:Enabled", "true").With(services => services.Replace(ServiceDescriptor.Singleton<OrganizationQuota>((_, _) => ValueTask.FromResult(5))));
        var (ada, eve) = (await app.SignUpAsync(), await app.SignUpAsync());
        for (var at = 0; at < 5; at++) { (await ada.Client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK); }
        var refused = await ada.Client.GetAsync("/api/v1/content");
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await eve.Client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task S11_an_address_is_held_to_its_limit_across_accounts()
    {
        using var app = new PlatformApp().With(new FakeClock()).With("RateLimits:Enabled", "true").With("RateLimits:PerAddress", "10").With(Addressed);
        var (ada, eve) = (await app.SignUpAsync(), await app.SignUpAsync());
        var statuses = new List<HttpStatusCode>();
        for (var at = 0; at < 12; at++) { statuses.Add((await SendAsync(at % 2 == 0 ? ada.Client : eve.Client, HttpMethod.Get, "/api/v1/content", "203.0.113.5")).StatusCode); }
        statuses.Count(s => s == HttpStatusCode.OK).ShouldBe(10);
        statuses[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        (await SendAsync(ada.Client, HttpMethod.Get, "/api/v1/content", "203.0.113.6")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void S11_an_address_is_counted_as_the_network_its_owner_has(string one, string other, bool same) => (Addresses.CountedAs(one) == Addresses.CountedAs(other)).ShouldBe(same);

    [Fact]
    public async Task S11_guessing_locks_the_guesser_and_not_the_owner()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock).With(Addressed);
        var ada = await app.SignUpAsync();
        (await LoginAsync(app, ada, "198.51.100.1", ada.Password)).ShouldBe(200);
        for (var at = 0; at < 5; at++) { (await LoginAsync(app, ada, "203.0.113.9", "guess")).ShouldBe(401); }
        (await LoginAsync(app, ada, "203.0.113.9", ada.Password)).ShouldBe(429, "the guesser's address is locked, even for the right password");
        (await LoginAsync(app, ada, "198.51.100.1", ada.Password)).ShouldBe(200, "the owner's is not");
        (await LoginAsync(app, ada, "198.51.100.77", ada.Password)).ShouldBe(200, "nor is a new one");
    }

    [Fact]
    public async Task S11_guessing_from_everywhere_locks_strangers_out_and_never_the_owner()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock).With(Addressed);
        var ada = await app.SignUpAsync();
        (await LoginAsync(app, ada, "198.51.100.1", ada.Password)).ShouldBe(200);
        for (var day = 0; day < 3; day++)
        {
            for (var at = 0; at < 60; at++) { await LoginAsync(app, ada, $"203.0.{day}.{at}", "guess"); }
            (await LoginAsync(app, ada, "192.0.2.200", ada.Password)).ShouldBe(429, "an address that the account never came from must wait");
            (await LoginAsync(app, ada, "198.51.100.1", ada.Password)).ShouldBe(200, "the owner comes in however long it goes on");
            clock.Advance(TimeSpan.FromMinutes(16));
        }
    }

    [Fact]
    public async Task S11_a_lock_tells_nobody_which_accounts_exist()
    {
        using var app = new PlatformApp().With(new FakeClock()).With(Addressed);
        var ada = await app.SignUpAsync();
        var (real, none) = (new List<string>(), new List<string>());
        for (var at = 0; at < 60; at++)
        {
            var address = $"203.0.113.{at / 3}";
            real.Add(await AnswerAsync(app, ada.Email, address));
            none.Add(await AnswerAsync(app, "nobody-here@example.com", address));
        }
        real.ShouldBe(none);
        real.Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("/api/v1/auth/forgot-password")]
    [InlineData("/api/v1/auth/resend-verification")]
    public async Task S11_routes_that_mail_answer_alike_for_everyone(string path)
    {
        using var app = new PlatformApp();
        var ada = await app.SignUpAsync();
        var client = app.CreateClient();
        var real = await client.PostAsJsonAsync(path, new { email = ada.Email });
        var none = await client.PostAsJsonAsync(path, new { email = "nobody-here@example.com" });
        (real.StatusCode, await real.Content.ReadAsStringAsync()).ShouldBe((none.StatusCode, await none.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task S11_bodies_and_pages_have_their_caps()
    {
        var checks = new Checks("S11", output);
        using var app = new PlatformApp();
        app.UseKestrel(0);
        app.StartServer();
        using var setup = new HttpClient { BaseAddress = app.ClientOptions.BaseAddress };
        var description = System.Text.Json.JsonDocument.Parse(await setup.GetStringAsync("/openapi/v1.json")).RootElement;
        var registered = await (await setup.PostAsJsonAsync("/api/v1/auth/register", new { email = "cap@example.com", password = "correct horse battery", firstName = "A", lastName = "B", organizationName = "C" })).ReadAsync();
        setup.DefaultRequestHeaders.Authorization = new("Bearer", registered.GetProperty("accessToken").GetString());
        var routes = ApiRoute.Read(app, description);
        foreach (var route in routes.Where(r => r is { IsApi: true, IsStaff: false, Writes: true, Body: not null }))
        {
            using var large = new StringContent($"{{\"text\":\"{new string('x', 2 * 1024 * 1024)}\"}}", System.Text.Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill()) { Content = large };
            // The server may answer and close before the body is sent.
            HttpStatusCode status;
            try { using var answer = await setup.SendAsync(request); status = answer.StatusCode; }
            catch (HttpRequestException) { status = HttpStatusCode.RequestEntityTooLarge; }
            checks.That(status == HttpStatusCode.RequestEntityTooLarge, () => $"{route.Key} takes a body of 2 MB: {status}");
        }
        foreach (var route in routes.Where(r => r is { IsApi: true, IsStaff: false, Method: "GET", Places.Count: 0 } && r.Query.Contains("Limit", StringComparer.OrdinalIgnoreCase)))
        {
            foreach (var limit in (string[])["1000000", "0", "-1", "2147483647"])
            {
                using var answer = await setup.GetAsync($"{route.Path}?limit={limit}");
                checks.That((int)answer.StatusCode is 200 or 400, () => $"{route.Key}?limit={limit}: {(int)answer.StatusCode}");
            }
        }
        checks.Report(nameof(S11_bodies_and_pages_have_their_caps));
    }

    [Fact]
    public async Task S14_only_known_proxies_say_who_comes()
    {
        var keys = new ConcurrentQueue<string>();
        CountRequest count = (key, _, _) => { keys.Enqueue(key); return ValueTask.FromResult((1L, TimeSpan.FromMinutes(1))); };
        using var app = new PlatformApp().With("RateLimits:Enabled", "true").With("Proxy:TrustedNetworks:0", "10.0.0.0/8").With(Addressed).With(services => services.Replace(ServiceDescriptor.Singleton(count)));
        await CountedAsync("10.1.2.3", "203.0.113.1", "203.0.113.1", "a known proxy");
        await CountedAsync("10.1.2.3", "198.51.100.66, 203.0.113.1", "203.0.113.1", "what the visitor put in front is not believed");
        await CountedAsync("192.0.2.50", "203.0.113.1", "192.0.2.50", "a stranger who plays proxy");

        async Task CountedAsync(string peer, string forwarded, string counted, string why)
        {
            keys.Clear();
            await SendAsync(app.CreateClient(), HttpMethod.Get, "/api/v1/auth/me", peer, ("X-Forwarded-For", forwarded));
            keys.ShouldAllBe(k => k.EndsWith($"address:{counted}", StringComparison.Ordinal), why);
            keys.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task S14_without_known_proxies_nobody_says_who_comes_or_for_which_host()
    {
        var keys = new ConcurrentQueue<string>();
        CountRequest count = (key, _, _) => { keys.Enqueue(key); return ValueTask.FromResult((1L, TimeSpan.FromMinutes(1))); };
        using var app = new PlatformApp().With("RateLimits:Enabled", "true").With(Addressed).With(services => services.Replace(ServiceDescriptor.Singleton(count)));
        var answer = await SendAsync(app.CreateClient(), HttpMethod.Get, "/api/v1/auth/me", "127.0.0.1", ("X-Forwarded-For", "203.0.113.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"));
        keys.ShouldContain(k => k.EndsWith("address:127.0.0.1", StringComparison.Ordinal));
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Theory]
    [InlineData("Proxy:TrustedNetworks:0", "0.0.0.0/0")]
    [InlineData("Proxy:TrustedNetworks:0", "::/0")]
    [InlineData("Proxy:TrustedNetworks:0", "ten")]
    [InlineData("Proxy:TrustedProxies:0", "proxy.internal")]
    [InlineData("RateLimits:PerAddress", "0")]
    [InlineData("Security:HstsDays", "-1")]
    public void S14_settings_that_open_the_door_stop_the_start(string key, string value)
    {
        using var app = new PlatformApp().With(key, value);
        Should.Throw<Exception>(() => app.CreateClient()).Message.ShouldContain(key.Split(':')[1]);
    }

    [Fact]
    public async Task S14_only_own_names_are_answered_to()
    {
        using var app = new PlatformApp().With("Platform:PublicUrl", "https://app.example");
        foreach (var (host, path, status) in ((string, string, int)[])[("app.example", "/sign-in", 200), ("APP.EXAMPLE.", "/sign-in", 200), ("localhost", "/sign-in", 200), ("10.0.0.7", "/health/live", 200), ("10.0.0.7", "/sign-in", 400), ("evil.example", "/sign-in", 400), ("app.example.evil.example", "/api/v1/auth/me", 400)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = host;
            ((int)(await app.CreateClient().SendAsync(request)).StatusCode).ShouldBe(status, host);
        }
    }

    [Fact]
    public async Task S14_over_https_cookies_are_bound_to_the_host_and_browsers_stay_on_https()
    {
        using var app = new PlatformApp().With("Platform:PublicUrl", "https://localhost");
        var browser = app.CreateClient(new() { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false });
        var page = await browser.GetAsync("/sign-in");
        page.Headers.GetValues("Strict-Transport-Security").Single().ShouldBe("max-age=31536000; includeSubDomains");
        var ada = await app.SignUpAsync();
        var entered = await Features.Accounts.BrowserTests.PostAsync(browser, "/sign-in", "sign-in", new() { ["Form.Email"] = ada.Email, ["Form.Password"] = ada.Password });
        var cookies = page.Headers.GetValues("Set-Cookie").Concat(entered.Headers.GetValues("Set-Cookie")).ToList();
        cookies.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var cookie in cookies)
        {
            cookie.ShouldStartWith("__Host-");
            foreach (var part in (string[])["path=/", "secure", "httponly", "samesite="]) { cookie.ShouldContain(part, Case.Insensitive); }
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }
    }

    private static async Task<int> LoginAsync(PlatformApp app, TestCustomer who, string address, string password) =>
        (int)(await SendAsync(app.CreateClient(), HttpMethod.Post, "/api/v1/auth/login", address, JsonContent.Create(new { email = who.Email, password }))).StatusCode;

    private static async Task<string> AnswerAsync(PlatformApp app, string email, string address)
    {
        var answer = await SendAsync(app.CreateClient(), HttpMethod.Post, "/api/v1/auth/login", address, JsonContent.Create(new { email, password = "guess" }));
        return $"{(int)answer.StatusCode} {await answer.ProblemAsync()}";
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string address, params (string Name, string Value)[] headers) => SendAsync(client, method, path, address, null, headers);

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add(From, address);
        foreach (var (name, value) in headers) { request.Headers.TryAddWithoutValidation(name, value); }
        return client.SendAsync(request);
    }

    // Requests in memory come from nowhere: the test says from where.
    private static void Addressed(IServiceCollection services) => services.AddTransient<IStartupFilter, FromHeader>();

    private sealed class FromHeader : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (IPAddress.TryParse(context.Request.Headers[From], out var address)) { context.Connection.RemoteIpAddress = address; }
                return go(context);
            });
            next(app);
        };
    }
}
