using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class AuthFlowTests(AuthFlowTests.Fixture fixture) : IClassFixture<AuthFlowTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_person_registers_with_an_organization_and_is_signed_in()
    {
        var client = _app.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/register", new { email = "Grace@Example.com", password = "correct horse battery", firstName = "Grace", lastName = "Hopper", organizationName = "Compilers" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await answer.ReadAsync();
        body.GetProperty("expiresIn").GetInt32().ShouldBe(900);
        body.GetProperty("user").GetProperty("email").GetString().ShouldBe("Grace@Example.com");
        body.GetProperty("organization").GetProperty("name").GetString().ShouldBe("Compilers");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("accessToken").GetString());
        var me = await (await client.GetAsync("/api/v1/auth/me")).ReadAsync();
        me.GetProperty("organization").GetProperty("role").GetString().ShouldBe("owner");
        me.GetProperty("organization").GetProperty("plan").GetString().ShouldBe("professional");
        me.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ShouldContain("billingManage");
    }

    [Fact]
    public async Task An_address_has_one_account_in_whatever_case()
    {
        var ada = await _app.SignUpAsync();
        var again = await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/register", new { email = ada.Email.ToUpperInvariant(), password = "correct horse battery", firstName = "A", lastName = "B", organizationName = "C" });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await again.ProblemAsync()).ShouldBe("email_taken");
    }

    [Theory]
    [InlineData("not-an-address", "correct horse battery", "Org", "email")]
    [InlineData("a@b.example", "short", "Org", "password")]
    [InlineData("a@b.example", "password123", "Org", "password")]
    [InlineData("a@b.example", "correct horse battery", "  ", "organizationName")]
    public async Task A_wrong_field_is_named(string email, string password, string organization, string field)
    {
        var answer = await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/register", new { email, password, firstName = "A", lastName = "B", organizationName = organization });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Unknown_address_and_wrong_password_answer_alike()
    {
        var ada = await _app.SignUpAsync();
        var unknown = await LoginAsync("nobody-here@example.com", "correct horse battery");
        var wrong = await LoginAsync(ada.Email, "correct horse batterie");
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Stable(await unknown.Content.ReadAsStringAsync()).ShouldBe(Stable(await wrong.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_wrong_passwords_lock_an_address_whether_it_has_an_account_or_not(bool exists)
    {
        var email = exists ? (await _app.SignUpAsync()).Email : "locked-nobody@example.com";
        for (var i = 0; i < 5; i++) { (await LoginAsync(email, "wrong")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized); }
        var locked = await LoginAsync(email, "correct horse battery");
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        locked.Headers.RetryAfter!.Delta!.Value.TotalMinutes.ShouldBeInRange(13, 15);
        fixture.Clock.Advance(TimeSpan.FromMinutes(16));
        if (exists) { (await LoginAsync(email, "correct horse battery")).StatusCode.ShouldBe(HttpStatusCode.OK); }
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_one_that_comes_back_ends_the_session()
    {
        var ada = await _app.SignUpAsync();
        var second = (await (await RefreshAsync(ada.RefreshToken)).ReadAsync()).GetProperty("refreshToken").GetString()!;
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        (await RefreshAsync(ada.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(second)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_invented_refresh_token_ends_nobodys_session()
    {
        var ada = await _app.SignUpAsync();
        var parts = ada.RefreshToken.Split('.');
        (await RefreshAsync($"{parts[0]}.{new string('a', 43)}.{new string('b', 43)}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(ada.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Of_fifty_refreshes_at_once_one_wins()
    {
        var ada = await _app.SignUpAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RefreshAsync(ada.RefreshToken)));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(49);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once()
    {
        var ada = await _app.SignUpAsync();
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ada.Client.PostAsync("/api/v1/auth/logout", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await RefreshAsync(ada.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var session = new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(ada.AccessToken).GetClaim(Platform.Tenancy.CallerClaims.Session).Value;
        (await Audits.OfAsync(_app, "session.signed_out", session)).ShouldHaveSingleItem().ActorId.ShouldBe(ada.UserId);
    }

    [Fact]
    public async Task A_session_is_ended_from_another_and_only_by_its_owner()
    {
        var ada = await _app.SignUpAsync();
        var eve = await _app.SignUpAsync();
        var other = await (await LoginAsync(ada.Email, ada.Password)).ReadAsync();
        var sessions = await (await ada.Client.GetAsync("/api/v1/users/sessions")).ReadAsync();
        sessions.GetProperty("items").GetArrayLength().ShouldBe(2);
        var id = sessions.GetProperty("items").EnumerateArray().Single(s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        (await eve.Client.DeleteAsync($"/api/v1/users/sessions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ada.Client.DeleteAsync($"/api/v1/users/sessions/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await RefreshAsync(other.GetProperty("refreshToken").GetString()!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Staff_sign_in_with_their_own_tokens_and_their_own_rights()
    {
        var staff = await _app.StaffAsync(StaffRole.Support);
        var me = await (await staff.Client.GetAsync("/api/v1/admin/auth/me")).ReadAsync();
        me.GetProperty("staffRole").GetString().ShouldBe("support");
        (await staff.Client.GetAsync("/api/v1/admin/staff")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_suspended_organization_can_be_used_no_more_and_can_be_again()
    {
        var ada = await _app.SignUpAsync();
        var staff = await _app.StaffAsync();
        var organizations = _app.Get<Platform.Features.Organizations.Contracts.IOrganizations>();
        (await organizations.SuspendAsync(staff.Caller, ada.OrganizationId, "spam", default)).Unwrap();
        var refused = await ada.Client.GetAsync($"/api/v1/organizations/{ada.OrganizationId}/users");
        (await refused.ProblemAsync()).ShouldBe("organization_suspended");
        (await organizations.ActivateAsync(staff.Caller, ada.OrganizationId, default)).Unwrap();
        (await ada.Client.GetAsync($"/api/v1/organizations/{ada.OrganizationId}/users")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var log = await (await staff.Client.GetAsync($"/api/v1/admin/audit-logs?organizationId={ada.OrganizationId}&action=organization.suspended")).ReadAsync();
        log.GetProperty("items")[0].GetProperty("detail").GetString().ShouldBe("spam");
    }

    private Task<HttpResponseMessage> LoginAsync(string email, string password) => _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email, password });

    private Task<HttpResponseMessage> RefreshAsync(string refreshToken) => _app.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken });

    private static string Stable(string problem)
    {
        var root = JsonDocument.Parse(problem).RootElement;
        return string.Join('\n', root.EnumerateObject().Where(p => p.Name != "traceId").Select(p => p.ToString()));
    }

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = new PlatformApp().With(Clock);
        public FakeClock Clock { get; } = new();
        public PlatformApp App { get; }
        public void Dispose() => App.Dispose();
    }
}
