using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Journeys.Browser;
using static Microsoft.Playwright.Assertions;

namespace Platform.Journeys;

/// <summary>The proxy of deploy/nginx.conf, as it is, before two real copies.</summary>
public sealed class ProxyTests(Chromium chromium, TwoCopies two) : IClassFixture<Chromium>, IClassFixture<TwoCopies>
{
    [Fact]
    public async Task A_browser_stays_on_one_copy_and_is_served_by_the_other_when_that_one_is_killed()
    {
        var page = await chromium.OpenAsync(new() { IgnoreHTTPSErrors = true, ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.SignUpAsync(two.Site, "ada@proxy.journeys.test", "Lantern House");
        await page.OpenAsync(two.Site, "/calendar");
        var home = two.CopyOf("/_blazor/negotiate");
        foreach (var path in new[] { "/", "/media", "/calendar" })
        {
            await page.OpenAsync(two.Site, path);
            two.CopyOf("/_blazor/negotiate").ShouldBe(home);
            two.CopyOf(path).ShouldBe(home);
        }
        // The open page, not only the next one: its circuit is gone with the copy, so it reloads itself and comes alive on the other.
        await page.EvaluateAsync("window.beforeTheKill = true");
        await home.KillAsync();
        await page.WaitForFunctionAsync("() => !window.beforeTheKill && document.documentElement.hasAttribute('data-live')");
        page.Url.ShouldBe($"{two.Site}/calendar");
        two.CopyOf("/_blazor/negotiate").ShouldNotBe(home);
        await page.OpenAsync(two.Site, "/account");
        await Expect(page.Locator("main")).ToContainTextAsync("ada@proxy.journeys.test");
        await home.RestartAsync();
    }

    [Fact]
    public async Task A_copy_that_is_asked_to_end_costs_nobody_a_request()
    {
        using var client = two.Client();
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var answers = new List<HttpStatusCode>();
            while (!done.IsCancellationRequested) { answers.Add((await client.GetAsync(new Uri("/sign-in", UriKind.Relative))).StatusCode); }
            return answers;
        })).ToList();
        // Another test may just have killed one: the proxy leaves it out for a few seconds more after it is back.
        foreach (var copy in two.Copies) { await two.AnswersAsync(copy, "/sign-in"); }
        foreach (var copy in two.Copies)
        {
            await copy.StopAsync();
            await copy.RestartAsync();
            await two.AnswersAsync(copy, "/sign-in");
        }
        await done.CancelAsync();
        var all = (await Task.WhenAll(asking)).SelectMany(a => a).ToList();
        all.Count.ShouldBeGreaterThan(20);
        string.Join(", ", all.CountBy(status => status)).ShouldBe($"[OK, {all.Count}]", string.Join('\n', two.Log.Where(l => l.Contains("[error]", StringComparison.Ordinal) || l.Contains("[warn]", StringComparison.Ordinal)).TakeLast(12)));
    }

    [Fact]
    public async Task Strangers_neither_say_where_they_come_from_nor_read_the_numbers_and_uploads_pass()
    {
        using var client = two.Client();
        (await client.GetAsync(new Uri("/metrics", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var register = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/register")
        {
            Content = JsonContent.Create(new { email = "grace@proxy.journeys.test", password = Person.Password, firstName = "Grace", lastName = "Hopper", organizationName = "Harbour" }),
        };
        register.Headers.Add("X-Forwarded-For", "203.0.113.66");
        register.Headers.Add("X-Forwarded-Host", "evil.test");
        var answer = await client.SendAsync(register);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var sessions = await client.GetStringAsync(new Uri("/api/v1/users/sessions", UriKind.Relative));
        sessions.ShouldContain("127.0.0.1");
        sessions.ShouldNotContain("203.0.113.66");
        // 20 MB of no picture: it reaches the app, which says so; elsewhere the proxy stops it.
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[20 * 1024 * 1024]), "file", "big.png" } };
        var upload = await client.PostAsync(new Uri("/api/v1/media", UriKind.Relative), form);
        upload.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        upload.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Prometheus_asks_a_copy_by_its_own_address_with_the_token()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{two.Copies[0].Url}/metrics");
        request.Headers.Host = "app-1:8080";
        (await client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var known = new HttpRequestMessage(HttpMethod.Get, $"{two.Copies[0].Url}/metrics");
        known.Headers.Host = "app-1:8080";
        known.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "journey-token-of-metrics");
        (await (await client.SendAsync(known)).Content.ReadAsStringAsync()).ShouldContain("storage_operation_duration_seconds");
    }
}
