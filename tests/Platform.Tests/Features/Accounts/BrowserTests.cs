using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed partial class BrowserTests(BrowserTests.Fixture fixture) : IClassFixture<BrowserTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-up")]
    [InlineData("/forgot-password")]
    [InlineData("/reset-password?token=x")]
    [InlineData("/verify-email")]
    [InlineData("/admin/sign-in")]
    [InlineData("/setup")]
    public async Task Signed_out_pages_are_open_to_everyone(string url)
    {
        var answer = await Browser().GetAsync(url);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1");
    }

    [Theory]
    [InlineData("/", "/sign-in")]
    [InlineData("/admin", "/admin/sign-in")]
    public async Task Other_pages_lead_strangers_to_their_door(string url, string door)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Accept", "text/html");
        var answer = await Browser().SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.AbsolutePath.ShouldBe(door);
    }

    [Fact]
    public async Task A_customer_signs_in_through_the_form_and_out_again()
    {
        var customer = await _app.SignUpAsync();
        var browser = Browser();
        var wrong = await PostAsync(browser, "/sign-in", "sign-in", new() { ["Form.Email"] = customer.Email, ["Form.Password"] = "wrong" });
        (await wrong.Content.ReadAsStringAsync()).ShouldContain("The address or the password is not right");
        var right = await PostAsync(browser, "/sign-in?returnUrl=/calendar", "sign-in", new() { ["Form.Email"] = customer.Email, ["Form.Password"] = customer.Password });
        right.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        right.Headers.Location!.ToString().ShouldEndWith("/calendar");
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.PostAsync("/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task A_sign_in_never_leads_to_another_site(string url)
    {
        var customer = await _app.SignUpAsync();
        var answer = await PostAsync(Browser(), $"/sign-in?returnUrl={Uri.EscapeDataString(url)}", "sign-in", new() { ["Form.Email"] = customer.Email, ["Form.Password"] = customer.Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBeOneOf("/", "http://localhost/");
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var answer = await Browser().PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["Form.Email"] = "a@b.example", ["Form.Password"] = "x" }));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_stranger_signs_up_through_the_form()
    {
        var browser = Browser();
        var answer = await PostAsync(browser, "/sign-up", "sign-up", new()
        {
            ["Form.FirstName"] = "Mary", ["Form.LastName"] = "Somerville", ["Form.OrganizationName"] = "Stars", ["Form.Email"] = "mary@example.com", ["Form.Password"] = "correct horse battery", ["Form.TimeZone"] = "Europe/London",
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var me = await (await browser.GetAsync("/api/v1/auth/me")).ReadAsync();
        me.GetProperty("organization").GetProperty("timeZone").GetString().ShouldBe("Europe/London");
    }

    [Fact]
    public async Task Staff_sign_in_through_their_own_form_and_stay_strangers_to_the_customers_side()
    {
        var browser = Browser();
        var answer = await PostAsync(browser, "/admin/sign-in", "staff-sign-in", new() { ["Form.Email"] = TestStaff.AdminEmail, ["Form.Password"] = TestStaff.Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private HttpClient Browser() => _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    internal static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string url, string form, Dictionary<string, string> fields)
    {
        var page = await (await browser.GetAsync(url)).Content.ReadAsStringAsync();
        fields["_handler"] = form;
        fields["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(page).Groups[1].Value);
        return await browser.PostAsync(url, new FormUrlEncodedContent(fields));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    public sealed class Fixture : IDisposable
    {
        public PlatformApp App { get; } = new();
        public void Dispose() => App.Dispose();
    }
}
