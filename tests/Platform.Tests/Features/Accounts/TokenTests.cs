using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Store;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class TokenTests(TokenTests.Fixture fixture) : IClassFixture<TokenTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_token_of_one_kind_is_nothing_to_the_routes_of_the_other()
    {
        var customer = await _app.SignUpAsync();
        var staff = await _app.StaffAsync();
        (await customer.Client.GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await customer.Client.GetAsync("/api/v1/admin/audit-logs")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await staff.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await staff.Client.GetAsync("/api/v1/organizations")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_is_let_in_without_a_token()
    {
        var answer = await _app.CreateClient().GetAsync("/api/v1/auth/me");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.ProblemAsync()).ShouldBe("unauthenticated");
    }

    [Fact]
    public async Task A_token_without_a_signature_is_refused()
    {
        var customer = await _app.SignUpAsync();
        var payload = customer.AccessToken.Split('.')[1];
        foreach (var algorithm in (string[])["none", "None", "NONE"])
        {
            var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT"}"""));
            (await StatusAsync($"{header}.{payload}.")).ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var (ada, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var (a, e) = (ada.AccessToken.Split('.'), eve.AccessToken.Split('.'));
        (await StatusAsync($"{a[0]}.{e[1]}.{a[2]}")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("platform-customers", "platform-customers")]
    [InlineData("platform-staff", "platform-customers")]
    public async Task A_token_signed_with_another_key_is_refused(string issuer, string audience)
    {
        var customer = await _app.SignUpAsync();
        var old = new JsonWebToken(customer.AccessToken);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer, Audience = audience, Subject = new ClaimsIdentity(old.Claims.Where(c => c.Type is "sub" or "sid" or "org")), Expires = old.ValidTo,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[32]) { KeyId = old.Kid }, SecurityAlgorithms.HmacSha256),
        });
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_access_token_is_good_for_a_quarter_of_an_hour()
    {
        var customer = await _app.SignUpAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(14));
        (await StatusAsync(customer.AccessToken)).ShouldBe(HttpStatusCode.OK);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        (await StatusAsync(customer.AccessToken)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_was_good_is_good_in_no_other_form_and_on_no_other_side()
    {
        var (ada, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        foreach (var token in (string[])[ada.AccessToken, eve.AccessToken, ada.AccessToken]) { (await StatusAsync(token)).ShouldBe(HttpStatusCode.OK); }
        var (a, e) = (ada.AccessToken.Split('.'), eve.AccessToken.Split('.'));
        (await StatusAsync($"{a[0]}.{a[1]}.{e[2]}")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync($"{a[0]}.{e[1]}.{a[2]}")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync($"{a[0]}.{a[1]}.")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(ada.AccessToken, "/api/v1/admin/auth/me")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_was_good_ends_with_its_session()
    {
        var ada = await _app.SignUpAsync();
        (await StatusAsync(ada.AccessToken)).ShouldBe(HttpStatusCode.OK);
        (await ada.Client.PostAsync("/api/v1/auth/logout", null)).IsSuccessStatusCode.ShouldBeTrue();
        (await StatusAsync(ada.AccessToken)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_was_good_ends_with_its_key()
    {
        using var app = new PlatformApp();
        var customer = await app.SignUpAsync();
        (await StatusAsync(app, customer.AccessToken)).ShouldBe(HttpStatusCode.OK);
        await app.Get<SigningKeyStore>().DeleteAsync("person-1", default);
        (await StatusAsync(app, customer.AccessToken)).ShouldBe(HttpStatusCode.OK);
        await app.Get<AccessTokens>().LoadAsync(default);
        (await StatusAsync(app, customer.AccessToken)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task One_organizations_owner_finds_nothing_of_another()
    {
        var (ada, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        (await eve.Client.GetAsync($"/api/v1/organizations/{ada.OrganizationId}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.GetAsync($"/api/v1/organizations/{ada.OrganizationId}/users")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var log = await (await eve.Client.GetAsync($"/api/v1/audit-logs?organizationId={ada.OrganizationId}")).ReadAsync();
        log.GetProperty("items").EnumerateArray().ShouldAllBe(r => r.GetProperty("organizationId").GetString() == eve.OrganizationId);
    }

    private Task<HttpStatusCode> StatusAsync(string token, string path = "/api/v1/auth/me") => StatusAsync(_app, token, path);

    private static async Task<HttpStatusCode> StatusAsync(PlatformApp app, string token, string path = "/api/v1/auth/me")
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await client.GetAsync(path)).StatusCode;
    }

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = new PlatformApp().With(Clock);
        public FakeClock Clock { get; } = new();
        public PlatformApp App { get; }
        public void Dispose() => App.Dispose();
    }
}
