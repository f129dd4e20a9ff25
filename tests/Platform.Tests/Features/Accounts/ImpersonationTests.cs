using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Ui;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Staff act as a customer: bounded, marked, recorded.</summary>
public sealed class ImpersonationTests(ImpersonationTests.Fixture fixture) : IClassFixture<ImpersonationTests.Fixture>
{
    private const string Reason = "Ticket 4711: the calendar shows the wrong week";
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task Staff_see_what_the_customer_sees_and_the_time_is_up_when_it_is_up()
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync(StaffRole.Support));
        var (client, body) = await StartAsync(staff, customer.UserId, 15);
        body.TryGetProperty("refreshToken", out _).ShouldBeFalse();
        body.GetProperty("expiresIn").GetInt32().ShouldBe(900);
        (await (await client.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("email").GetString().ShouldBe(customer.Email);
        // Used all the time, it is not prolonged.
        fixture.Clock.Advance(TimeSpan.FromMinutes(14));
        (await client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        (await client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task That_its_time_ran_out_is_recorded_once_and_so_is_the_end_of_the_staff_session()
    {
        var (customer, other, staff) = (await _app.SignUpAsync(), await _app.SignUpAsync(), await _app.StaffAsync(StaffRole.Support));
        await StartAsync(staff, customer.UserId, 15);
        await _app.Get<EndImpersonations>().RunAsync(default);
        (await Audits.OfAsync(_app, "impersonation.stopped", customer.UserId)).ShouldBeEmpty();
        fixture.Clock.Advance(TimeSpan.FromMinutes(16));
        // Several copies look at the same time.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _app.Get<EndImpersonations>().RunAsync(default)));
        await _app.Get<EndImpersonations>().RunAsync(default);
        var record = (await Audits.OfAsync(_app, "impersonation.stopped", customer.UserId)).ShouldHaveSingleItem();
        (record.Detail, record.ActorId, record.OrganizationId).ShouldBe(("the time was up", staff.Caller.UserId, customer.OrganizationId));
        var leaving = await _app.StaffAsync(StaffRole.Support);
        await StartAsync(leaving, other.UserId, 15);
        (await leaving.Client.PostAsync("/api/v1/admin/auth/logout", null)).EnsureSuccessStatusCode();
        await _app.Get<EndImpersonations>().RunAsync(default);
        (await Audits.OfAsync(_app, "impersonation.stopped", other.UserId)).ShouldHaveSingleItem().Detail.ShouldBe("the staff session behind it ended");
        // One that was stopped by hand has its record already.
        var again = await _app.StaffAsync(StaffRole.Support);
        var third = await _app.SignUpAsync();
        await StartAsync(again, third.UserId, 15);
        (await again.Client.DeleteAsync(Url(third.UserId))).EnsureSuccessStatusCode();
        fixture.Clock.Advance(TimeSpan.FromMinutes(16));
        await _app.Get<EndImpersonations>().RunAsync(default);
        (await Audits.OfAsync(_app, "impersonation.stopped", third.UserId)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("too short", 15, "reason_missing")]
    [InlineData("                         ", 15, "reason_missing")]
    [InlineData(Reason, 240, "invalid_minutes")]
    [InlineData(Reason, 0, "invalid_minutes")]
    public async Task Without_a_reason_or_beyond_an_hour_there_is_none(string reason, int minutes, string code)
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync());
        (await (await staff.Client.PostAsJsonAsync(Url(customer.UserId), new { reason, minutes })).ProblemAsync()).ShouldBe(code);
    }

    [Theory]
    [InlineData(StaffRole.Finance)]
    [InlineData(StaffRole.Technical)]
    [InlineData(StaffRole.ContentModerator)]
    public async Task Who_may_not_may_not(StaffRole role)
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync(role));
        (await staff.Client.PostAsJsonAsync(Url(customer.UserId), new { reason = Reason, minutes = 15 })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_acts_as_suspended_people_or_as_colleagues()
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync());
        var colleague = await _app.SignUpAsync(TestStaff.AdminEmail);
        (await _app.Get<IAccounts>().SuspendAsync(staff.Caller, customer.UserId, "spam", default)).Unwrap();
        (await (await staff.Client.PostAsJsonAsync(Url(customer.UserId), new { reason = Reason, minutes = 15 })).ProblemAsync()).ShouldBe("account_suspended");
        (await (await staff.Client.PostAsJsonAsync(Url(colleague.UserId), new { reason = Reason, minutes = 15 })).ProblemAsync()).ShouldBe("staff_account");
        (await staff.Client.PostAsJsonAsync(Url(staff.Caller.UserId!), new { reason = Reason, minutes = 15 })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_ends_with_the_staff_session_the_role_and_the_customers_own_suspension()
    {
        var (customer, admin) = (await _app.SignUpAsync(), await _app.StaffAsync());
        var support = await _app.StaffAsync(StaffRole.Support);
        var (first, _) = await StartAsync(support, customer.UserId);
        (await support.Client.PostAsync("/api/v1/admin/auth/logout", null)).EnsureSuccessStatusCode();
        (await first.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var other = await _app.StaffAsync(StaffRole.Support);
        var (second, _) = await StartAsync(other, customer.UserId);
        (await admin.Client.PutAsJsonAsync($"/api/v1/admin/staff/{other.Caller.UserId}/role", new { role = "finance" })).EnsureSuccessStatusCode();
        (await second.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var (third, _) = await StartAsync(admin, customer.UserId);
        (await _app.Get<IAccounts>().SuspendAsync(admin.Caller, customer.UserId, "spam", default)).Unwrap();
        (await third.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Staff_stop_it_and_start_and_stop_stand_in_the_customers_own_log()
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync());
        var (client, _) = await StartAsync(staff, customer.UserId);
        (await staff.Client.DeleteAsync(Url(customer.UserId))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await staff.Client.DeleteAsync(Url(customer.UserId))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var log = await (await customer.Client.GetAsync("/api/v1/audit-logs")).ReadAsync();
        var entries = log.GetProperty("items").EnumerateArray().ToList();
        var started = entries.Single(e => e.GetProperty("action").GetString() == "impersonation.started");
        started.GetProperty("actorKind").GetString().ShouldBe("staff");
        started.GetProperty("detail").GetString()!.ShouldContain(Reason);
        entries.ShouldContain(e => e.GetProperty("action").GetString() == "impersonation.stopped");
    }

    [Fact]
    public async Task What_is_for_the_customer_in_person_stays_closed_by_name()
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync());
        var (client, _) = await StartAsync(staff, customer.UserId);
        var routes = _app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true && e.Metadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any(a => a.Policy == Policies.InPerson)).ToList();
        foreach (var route in routes)
        {
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Concrete(route)) { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { }) });
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {route.RoutePattern.RawText}");
            (await answer.ProblemAsync()).ShouldBe("impersonated", $"{method} {route.RoutePattern.RawText}");
        }
    }

    [Fact]
    public async Task A_browser_of_staff_holds_the_customers_cookie_for_a_while_and_gives_it_back()
    {
        var customer = await _app.SignUpAsync();
        var browser = _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        (await BrowserTests.PostAsync(browser, "/admin/sign-in", "staff-sign-in", new() { ["Form.Email"] = TestStaff.AdminEmail, ["Form.Password"] = TestStaff.Password })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var short_ = await browser.PostAsync($"/admin/users/{customer.UserId}/impersonate", Form(("reason", "why"), ("minutes", "15")));
        short_.Headers.Location!.ToString().ShouldContain("refused=reason_missing");
        var started = await browser.PostAsync($"/admin/users/{customer.UserId}/impersonate", Form(("reason", Reason), ("minutes", "30")));
        started.Headers.Location!.ToString().ShouldBe("/");
        (await (await browser.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("id").GetString().ShouldBe(customer.UserId);
        var page = await (await browser.GetAsync("/")).Content.ReadAsStringAsync();
        page.ShouldContain("Ticket 4711");
        page.ShouldContain("30 min left");
        (await browser.PostAsync("/impersonation/stop", null)).Headers.Location!.ToString().ShouldBe($"/admin/users/{customer.UserId}");
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_open_page_closes_when_the_staff_session_behind_it_ends()
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync(StaffRole.Support));
        var (_, body) = await StartAsync(staff, customer.UserId);
        var session = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(body.GetProperty("accessToken").GetString()).GetClaim(CallerClaims.Session).Value;
        using var scope = _app.Services.CreateScope();
        var page = (LiveSession)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        var acting = customer.Caller with { SessionId = session, Impersonator = new Impersonator(staff.Caller.UserId!, "Support") };
        page.SetAuthenticationState(Task.FromResult(new AuthenticationState(Schemes.PrincipalOf(acting, Schemes.CustomerCookie))));
        (await staff.Client.PostAsync("/api/v1/admin/auth/logout", null)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => (await page.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated != true, "the customer's page closes under staff's hands");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_customer_who_ends_the_session_of_support_finds_it_in_the_log(bool one)
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync(StaffRole.Support));
        var (acting, body) = await StartAsync(staff, customer.UserId);
        var session = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(body.GetProperty("accessToken").GetString()).GetClaim(CallerClaims.Session).Value;
        (await customer.Client.DeleteAsync($"/api/v1/users/sessions{(one ? $"/{session}" : "")}")).EnsureSuccessStatusCode();
        (await acting.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var record = (await Audits.OfAsync(_app, "impersonation.stopped", customer.UserId)).ShouldHaveSingleItem();
        (record.ActorId, record.OrganizationId).ShouldBe((customer.UserId, customer.OrganizationId));
        record.Detail.ShouldContain("the customer ended");
    }

    private async Task<(HttpClient Client, JsonElement Body)> StartAsync(TestStaff staff, string userId, int minutes = 15)
    {
        var body = await (await staff.Client.PostAsJsonAsync(Url(userId), new { reason = Reason, minutes })).ReadAsync();
        var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("accessToken").GetString());
        return (client, body);
    }

    private static string Concrete(RouteEndpoint route) =>
        "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : Platform.Primitives.Ids.New()))));

    private static FormUrlEncodedContent Form(params (string Key, string Value)[] fields) => new(fields.Select(f => new KeyValuePair<string, string>(f.Key, f.Value)));

    private static string Url(string userId) => $"/api/v1/admin/users/{userId}/impersonate";

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = new PlatformApp().With(Clock);
        public FakeClock Clock { get; } = new();
        public PlatformApp App { get; }
        public void Dispose() => App.Dispose();
    }
}
