using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Ui;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Staff sessions are short, and two factors can be demanded of them.</summary>
public sealed class StaffSessionTests
{
    [Fact]
    public async Task A_staff_session_ends_when_it_idles()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock);
        var staff = await app.StaffAsync();
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(14));
            staff.Client.DefaultRequestHeaders.Authorization = new("Bearer", await LongTokenAsync(app, staff));
            (await staff.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        clock.Advance(TimeSpan.FromMinutes(31));
        staff.Client.DefaultRequestHeaders.Authorization = new("Bearer", await LongTokenAsync(app, staff));
        (await staff.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_staff_session_ends_with_its_day_however_much_it_is_used()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock).With("Staff:SessionHours", "2");
        var staff = await app.StaffAsync();
        var token = await LongTokenAsync(app, staff);
        staff.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        for (var i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            (await staff.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        clock.Advance(TimeSpan.FromMinutes(21));
        (await staff.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task An_open_page_keeps_a_session_alive_only_while_somebody_works_on_it(bool works, bool alive)
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock);
        var staff = await app.StaffAsync();
        var session = await SessionOfAsync(staff);
        using var scope = app.Services.CreateScope();
        var page = (LiveSession)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        page.SetAuthenticationState(Task.FromResult(new AuthenticationState(Schemes.PrincipalOf(staff.Caller with { SessionId = session }, Schemes.StaffCookie))));
        for (var i = 0; i < 4; i++)
        {
            if (works) { page.Used(); }
            clock.Advance(TimeSpan.FromMinutes(10));
            await page.LookAsync();
        }
        ((await page.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated == true).ShouldBe(alive);
    }

    [Theory]
    [InlineData("Staff:IdleMinutes", "1")]
    [InlineData("Staff:SessionHours", "24")]
    [InlineData("Staff:AllowedNetworks:0", "the office")]
    public void Settings_that_make_no_sense_keep_the_app_from_starting(string key, string value)
    {
        using var app = new PlatformApp().With(key, value);
        Should.Throw<Exception>(() => app.CreateClient()).ToString().ShouldContain(key.Split(':')[1]);
    }

    [Fact]
    public async Task With_one_factor_staff_reach_only_the_set_up_of_the_second()
    {
        using var app = new PlatformApp().With("Staff:RequireTwoFactor", "true");
        var staff = await app.StaffAsync();
        var refused = await staff.Client.GetAsync("/api/v1/admin/overview");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ProblemAsync()).ShouldBe("two_factor_setup_required");
        (await staff.Client.GetAsync("/api/v1/admin/roles")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await staff.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await staff.Client.PostAsync("/api/v1/admin/auth/logout", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task With_two_factors_the_role_counts()
    {
        using var app = new PlatformApp().With("Staff:RequireTwoFactor", "true");
        var staff = await app.StaffAsync();
        var factor = await TestTwoFactor.OnAsync(app, staff.Caller.UserId!);
        var due = await (await staff.Client.PostAsJsonAsync("/api/v1/admin/auth/login", new { email = TestStaff.AdminEmail, password = TestStaff.Password })).ReadAsync();
        var code = factor.CodeAt(app.Get<TimeProvider>().GetUtcNow());
        var grant = await (await staff.Client.PostAsJsonAsync("/api/v1/admin/auth/login/verify", new { challenge = due.GetProperty("challenge").GetString(), code })).ReadAsync();
        staff.Client.DefaultRequestHeaders.Authorization = new("Bearer", grant.GetProperty("accessToken").GetString());
        (await staff.Client.GetAsync("/api/v1/admin/overview")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<string> SessionOfAsync(TestStaff staff) => Task.FromResult(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(staff.AccessToken).GetClaim(CallerClaims.Session).Value);

    // Access tokens are shorter than an idle session; what is looked at here is the session.
    private static async Task<string> LongTokenAsync(PlatformApp app, TestStaff staff) =>
        app.Get<AccessTokens>().Make(CallerKind.Staff, staff.Caller.UserId!, await SessionOfAsync(staff), null, seconds: 86_400);
}
