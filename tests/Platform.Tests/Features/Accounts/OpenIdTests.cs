using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Store;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Signing in through an OpenID Connect provider: against a provider of the test's own that may lie, see OpenIdRealTests for a real one.</summary>
public sealed class OpenIdTests
{
    [Fact]
    public async Task A_connected_identity_signs_in_and_one_that_is_not_does_not()
    {
        using var provider = new LyingProvider();
        using var app = provider.App();
        var ada = await app.SignUpAsync();
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=identity_unknown");
        await LinkAsync(app, ada.UserId, provider.Subject);
        var browser = Browser(app);
        (await provider.SignInAsync(app, browser)).ShouldBe("/");
        (await (await browser.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("id").GetString().ShouldBe(ada.UserId);
        (await Audits.OfAsync(app, "sign_in.succeeded", ada.UserId))[^1].Detail.ShouldBe("oidc");
    }

    [Fact]
    public async Task An_address_never_connects_an_identity_to_an_account_even_where_newcomers_are_welcome()
    {
        using var provider = new LyingProvider();
        using var app = provider.App().With("Accounts:OpenIdConnect:AllowRegistration", "true");
        var ada = await app.SignUpAsync();
        provider.Email = ada.Email;
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=identity_unknown");
        (provider.Email, provider.EmailVerified) = ("somebody.new@example.com", false);
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=email_unverified");
        provider.EmailVerified = true;
        (await provider.SignInAsync(app)).ShouldBe("/");
        // The same identity again is the same account.
        var browser = Browser(app);
        (await provider.SignInAsync(app, browser)).ShouldBe("/");
        (await (await browser.GetAsync("/api/v1/auth/me")).ReadAsync()).GetProperty("user").GetProperty("email").GetString().ShouldBe("somebody.new@example.com");
    }

    [Fact]
    public async Task Without_the_setting_nobody_registers_through_the_provider()
    {
        using var provider = new LyingProvider { Email = "somebody.new@example.com" };
        using var app = provider.App();
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=identity_unknown");
        (await app.Get<AccountStore>().ByEmailAsync(CallerKind.Person, "somebody.new@example.com", default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("audience")]
    [InlineData("issuer")]
    [InlineData("expired")]
    [InlineData("unsigned")]
    [InlineData("hmac with the public key")]
    [InlineData("another key")]
    [InlineData("no subject")]
    [InlineData("for several, not by us")]
    [InlineData("no token")]
    public async Task A_token_that_proves_nothing_opens_nothing(string lie)
    {
        using var provider = new LyingProvider { Lie = lie };
        using var app = provider.App();
        var ada = await app.SignUpAsync();
        await LinkAsync(app, ada.UserId, provider.Subject);
        (await provider.SignInAsync(app)).ShouldBeOneOf("/sign-in?provider=invalid_id_token", "/sign-in?provider=provider_failed");
    }

    [Fact]
    public async Task The_way_back_works_once_in_the_browser_that_began_it_and_not_for_ever()
    {
        var clock = new FakeClock();
        using var provider = new LyingProvider { Clock = clock };
        using var app = provider.App().With(clock);
        var ada = await app.SignUpAsync();
        await LinkAsync(app, ada.UserId, provider.Subject);
        var (browser, other) = (Browser(app), Browser(app));
        var back = await provider.LeaveAsync(browser);
        (await other.GetAsync(back)).Headers.Location!.ToString().ShouldBe("/sign-in?provider=sign_in_expired");
        (await browser.GetAsync(back)).Headers.Location!.ToString().ShouldBe("/");
        (await Browser(app).GetAsync(back)).Headers.Location!.ToString().ShouldBe("/sign-in?provider=sign_in_expired");
        var late = await provider.LeaveAsync(other);
        clock.Advance(TimeSpan.FromMinutes(11));
        (await other.GetAsync(late)).Headers.Location!.ToString().ShouldBe("/sign-in?provider=sign_in_expired");
    }

    [Fact]
    public async Task The_request_carries_state_nonce_and_a_challenge_that_the_exchange_answers()
    {
        using var provider = new LyingProvider();
        using var app = provider.App();
        var left = await Browser(app).GetAsync("/auth/oidc?returnUrl=/calendar");
        var query = HttpUtility.ParseQueryString(left.Headers.Location!.Query);
        query["code_challenge_method"].ShouldBe("S256");
        query["response_type"].ShouldBe("code");
        query["scope"]!.Split(' ').ShouldContain("openid");
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=identity_unknown");
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(provider.Verifier!))).TrimEnd('=').Replace('+', '-').Replace('/', '_').ShouldBe(provider.Challenge);
    }

    [Fact]
    public async Task The_second_factor_is_asked_for_all_the_same()
    {
        using var provider = new LyingProvider();
        using var app = provider.App();
        var ada = await app.SignUpAsync();
        await LinkAsync(app, ada.UserId, provider.Subject);
        await TestTwoFactor.OnAsync(app, ada.UserId);
        (await provider.SignInAsync(app)).ShouldStartWith("/sign-in/verify");
    }

    [Fact]
    public async Task An_owner_connects_and_disconnects_and_a_suspended_account_stays_closed()
    {
        using var provider = new LyingProvider();
        using var app = provider.App();
        var ada = await app.SignUpAsync();
        var browser = Browser(app);
        (await BrowserTests.PostAsync(browser, "/sign-in", "sign-in", new() { ["Form.Email"] = ada.Email, ["Form.Password"] = ada.Password })).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync(provider.Visit(await ConnectAsync(browser)))).Headers.Location!.ToString().ShouldBe("/account/security?provider=connected");
        var list = await (await ada.Client.GetAsync("/api/v1/auth/identities")).ReadAsync();
        list.GetArrayLength().ShouldBe(1);
        // Somebody else cannot connect the same identity.
        var eve = await app.SignUpAsync();
        var hers = Browser(app);
        await BrowserTests.PostAsync(hers, "/sign-in", "sign-in", new() { ["Form.Email"] = eve.Email, ["Form.Password"] = eve.Password });
        (await hers.GetAsync(provider.Visit(await ConnectAsync(hers)))).Headers.Location!.ToString().ShouldBe("/account/security?provider=identity_taken");
        (await eve.Client.DeleteAsync($"/api/v1/auth/identities/{list[0].GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await provider.SignInAsync(app)).ShouldBe("/");
        (await app.Get<Platform.Features.Accounts.Contracts.IAccounts>().SuspendAsync((await app.StaffAsync()).Caller, ada.UserId, "spam", default)).Unwrap();
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=account_closed");
    }

    [Fact]
    public async Task Disconnecting_ends_the_way_in()
    {
        using var provider = new LyingProvider();
        using var app = provider.App();
        var ada = await app.SignUpAsync();
        await LinkAsync(app, ada.UserId, provider.Subject);
        var id = (await (await ada.Client.GetAsync("/api/v1/auth/identities")).ReadAsync())[0].GetProperty("id").GetString();
        (await ada.Client.DeleteAsync($"/api/v1/auth/identities/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await provider.SignInAsync(app)).ShouldBe("/sign-in?provider=identity_unknown");
    }

    [Fact]
    public async Task Where_no_provider_is_set_there_is_no_way()
    {
        using var app = new PlatformApp();
        (await (await app.CreateClient().GetAsync("/sign-in")).Content.ReadAsStringAsync()).ShouldNotContain("/auth/oidc");
        (await Browser(app).GetAsync("/auth/oidc")).Headers.Location!.ToString().ShouldBe("/sign-in?provider=not_found");
    }

    internal static HttpClient Browser(PlatformApp app) => app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    internal static async Task<Uri> ConnectAsync(HttpClient browser) => new((await (await browser.PostAsync("/auth/oidc/connect", null)).ReadAsync()).GetProperty("url").GetString()!);

    private static Task LinkAsync(PlatformApp app, string userId, string subject) => app.Get<IDocumentStore>().ForPlatform<ExternalLogin>(Caller.Platform)
        .InsertAsync(OpenIdNewcomers.LoginOf(userId, new OpenIdIdentity(LyingProvider.Authority, subject, "ada@provider.test", true, "Ada", ""), DateTimeOffset.UnixEpoch), default);

    /// <summary>A provider behind the guarded way out, which tells the truth unless <see cref="Lie"/> says otherwise.</summary>
    private sealed class LyingProvider : IOutboundClient, IDisposable
    {
        public const string Authority = "https://login.provider.test";
        private readonly RSA _key = RSA.Create(2048);
        private readonly RSA _otherKey = RSA.Create(2048);
        private string _nonce = "";

        public string Lie { get; init; } = "";
        public TimeProvider Clock { get; init; } = TimeProvider.System;
        public string Subject { get; } = Platform.Primitives.Ids.New();
        public string Email { get; set; } = "ada@provider.test";
        public bool EmailVerified { get; set; } = true;
        public string? Challenge { get; private set; }
        public string? Verifier { get; private set; }

        public PlatformApp App() => new PlatformApp().With("Accounts:OpenIdConnect:Authority", Authority).With("Accounts:OpenIdConnect:ClientId", "platform").With("Accounts:OpenIdConnect:ClientSecret", "secret")
            .With(services => services.Replace(ServiceDescriptor.Singleton<IOutboundClient>(this)));

        /// <summary>Goes to the provider and back; where the app sends the browser then.</summary>
        public async Task<string> SignInAsync(PlatformApp app, HttpClient? browser = null)
        {
            browser ??= Browser(app);
            return (await browser.GetAsync(await LeaveAsync(browser))).Headers.Location!.ToString();
        }

        /// <summary>Goes to the provider; the address that leads back.</summary>
        public async Task<string> LeaveAsync(HttpClient browser) => Visit((await browser.GetAsync("/auth/oidc")).Headers.Location!);

        /// <summary>What the provider does with a browser that was sent to it.</summary>
        public string Visit(Uri left)
        {
            left.ToString().ShouldStartWith($"{Authority}/authorize?");
            var query = HttpUtility.ParseQueryString(left.Query);
            (_nonce, Challenge) = (query["nonce"]!, query["code_challenge"]);
            return $"{new Uri(query["redirect_uri"]!).AbsolutePath}?code=a-code&state={query["state"]}";
        }

        public async Task<OutboundAnswer> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
        {
            var answer = request.Url.AbsolutePath switch
            {
                "/.well-known/openid-configuration" => JsonSerializer.Serialize(new { issuer = Authority, authorization_endpoint = $"{Authority}/authorize", token_endpoint = $"{Authority}/token", jwks_uri = $"{Authority}/keys" }),
                "/keys" => JsonSerializer.Serialize(new { keys = new[] { PublicKey() } }),
                "/token" => await ExchangeAsync(request),
                _ => throw new InvalidOperationException($"nobody asked for {request.Url}"),
            };
            return new OutboundAnswer.Answered(200, new Dictionary<string, string>(), Encoding.UTF8.GetBytes(answer), request.Url);
        }

        public void Dispose() { _key.Dispose(); _otherKey.Dispose(); }

        private object PublicKey()
        {
            var p = _key.ExportParameters(false);
            return new { kty = "RSA", use = "sig", kid = "one", n = Base64UrlEncoder.Encode(p.Modulus), e = Base64UrlEncoder.Encode(p.Exponent) };
        }

        private async Task<string> ExchangeAsync(OutboundRequest request)
        {
            request.Headers["Authorization"].ShouldBe($"Basic {Convert.ToBase64String("platform:secret"u8)}");
            var form = HttpUtility.ParseQueryString(await request.Body!().ReadAsStringAsync());
            Verifier = form["code_verifier"];
            return Lie == "no token" ? "{}" : JsonSerializer.Serialize(new { id_token = Token() });
        }

        private string Token()
        {
            var now = Clock.GetUtcNow().UtcDateTime;
            SigningCredentials? credentials = Lie switch
            {
                "unsigned" => null,
                "hmac with the public key" => new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Base64UrlEncoder.Encode(_key.ExportParameters(false).Modulus))) { KeyId = "one" }, SecurityAlgorithms.HmacSha256),
                "another key" => new SigningCredentials(new RsaSecurityKey(_otherKey) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
                _ => new SigningCredentials(new RsaSecurityKey(_key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
            };
            var claims = new Dictionary<string, object> { ["nonce"] = Lie == "nonce" ? "of another sign-in" : _nonce, ["email"] = Email, ["email_verified"] = EmailVerified, ["name"] = "Ada" };
            if (Lie != "no subject") { claims["sub"] = Subject; }
            claims["aud"] = Lie switch { "audience" => "somebody-else", "for several, not by us" => new[] { "platform", "somebody-else" }, _ => (object)"platform" };
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Lie == "issuer" ? "https://evil.test" : Authority, Claims = claims, IssuedAt = now, NotBefore = now, Expires = Lie == "expired" ? now.AddMinutes(-5) : now.AddMinutes(5), SigningCredentials = credentials,
                Subject = new ClaimsIdentity(),
            });
        }
    }
}
