using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Platform.Tests.Features.Accounts;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S4, the part over HTTP: cookies do nothing for other sites' pages, on every route that writes, on circuits and on hubs.</summary>
[Collection(SecurityCollection.Name)]
public sealed class CrossSiteTests(SecurityWorld world, ITestOutputHelper output)
{
    private static readonly (string Name, string Value)[] Foreign =
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example"), ("Origin", "null"), ("Origin", "http://localhost.evil.example"), ("Origin", "http://localhost:8443")];

    [Fact]
    public async Task S4_cookies_of_other_sites_pages_change_nothing()
    {
        var checks = new Checks("S4", output);
        var (customer, staff) = (await CustomerAsync(), await StaffAsync());
        foreach (var route in world.Routes.Where(r => r.Writes && !(r.IsOpen && r.IsApi)))
        {
            foreach (var (name, value) in Foreign)
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill());
                request.Headers.TryAddWithoutValidation(name, value);
                if (route.IsApi) { request.Content = JsonContent.Create(new { }); }
                using var answer = await (route.IsStaff ? staff : customer).SendAsync(request);
                checks.That((int)answer.StatusCode is 403 or 401 or 415, () => $"{route.Key} with {name}: {value}: {(int)answer.StatusCode}");
            }
        }
        checks.That((await customer.GetAsync("/api/v1/auth/me")).StatusCode == HttpStatusCode.OK, () => "a foreign page signed the customer out");
        checks.That((await staff.GetAsync("/api/v1/admin/auth/me")).StatusCode == HttpStatusCode.OK, () => "a foreign page signed the staff account out");
        checks.Report(nameof(S4_cookies_of_other_sites_pages_change_nothing));
    }

    [Fact]
    public async Task S4_every_form_wants_its_antiforgery_token()
    {
        var checks = new Checks("S4", output);
        var customer = await CustomerAsync();
        var staff = await StaffAsync();
        foreach (var route in world.Routes.Where(r => r is { Method: "POST", IsApi: false } && world.Routes.Any(g => g.Method == "GET" && g.Path == r.Path) && !r.Path.StartsWith("/sandbox/api", StringComparison.Ordinal)))
        {
            foreach (var token in (string?[])[null, "", "forged", new string('A', 200)])
            {
                var form = new Dictionary<string, string> { ["_handler"] = "sign-in", ["Form.Email"] = "a@example.com" };
                if (token is not null) { form["__RequestVerificationToken"] = token; }
                using var answer = await (route.IsStaff ? staff : customer).PostAsync(route.Fill(), new FormUrlEncodedContent(form));
                checks.That((int)answer.StatusCode is 400 or 401 or 403 or 404 or 302, () => $"{route.Key} with token '{token}': {(int)answer.StatusCode}");
                checks.That(answer.StatusCode != HttpStatusCode.Redirect || answer.Headers.Location!.ToString().Contains("sign-in", StringComparison.Ordinal), () => $"{route.Key} with token '{token}': led on to {answer.Headers.Location}");
            }
        }
        checks.Report(nameof(S4_every_form_wants_its_antiforgery_token));
    }

    [Fact]
    public async Task S4_circuits_open_only_for_own_pages()
    {
        var checks = new Checks("S4", output);
        var customer = await CustomerAsync();
        foreach (var (name, value) in Foreign)
        {
            foreach (var (method, path) in ((string, string)[])[("POST", "/_blazor/negotiate?negotiateVersion=1"), ("GET", "/_blazor?id=x"), ("GET", "/_blazor/disconnect"), ("POST", "/hubs/live/negotiate")])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.TryAddWithoutValidation(name, value);
                using var answer = await customer.SendAsync(request);
                checks.That((int)answer.StatusCode is 403 or 404 or 405, () => $"{method} {path} with {name}: {value}: {(int)answer.StatusCode}");
            }
        }
        (await customer.PostAsync("/_blazor/negotiate?negotiateVersion=1", null)).StatusCode.ShouldBe(HttpStatusCode.OK, "the control: own pages may");
        checks.Report(nameof(S4_circuits_open_only_for_own_pages));
    }

    private async Task<HttpClient> CustomerAsync()
    {
        var person = await world.App.SignUpAsync();
        var browser = world.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        (await BrowserTests.PostAsync(browser, "/sign-in", "sign-in", new() { ["Form.Email"] = person.Email, ["Form.Password"] = person.Password })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return browser;
    }

    private async Task<HttpClient> StaffAsync()
    {
        var browser = world.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        (await BrowserTests.PostAsync(browser, "/admin/sign-in", "staff-sign-in", new() { ["Form.Email"] = TestStaff.AdminEmail, ["Form.Password"] = TestStaff.Password })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return browser;
    }
}
