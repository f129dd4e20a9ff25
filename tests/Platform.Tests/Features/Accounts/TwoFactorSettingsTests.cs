using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Putting an authenticator app on and off, recovery codes, and the confirmation that security settings ask for.</summary>
public sealed class TwoFactorSettingsTests(TwoFactorSettingsTests.Fixture fixture) : IClassFixture<TwoFactorSettingsTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    private DateTimeOffset Now => fixture.Clock.GetUtcNow();

    [Fact]
    public async Task It_is_on_only_after_a_first_code_was_verified()
    {
        var ada = await _app.SignUpAsync();
        var shown = await (await PostAsync(ada, "2fa/enable")).ReadAsync();
        shown.GetProperty("uri").GetString()!.ShouldContain($"secret={shown.GetProperty("secret").GetString()}");
        (await EnabledAsync(ada)).ShouldBeFalse();
        (await (await PostAsync(ada, "2fa/verify", new { code = "000000" })).ProblemAsync()).ShouldBe("invalid_code");
        (await EnabledAsync(ada)).ShouldBeFalse();
        (await LoginAsync(ada)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var codes = await (await PostAsync(ada, "2fa/verify", new { code = CodeOf(shown.GetProperty("secret").GetString()!) })).ReadAsync();
        codes.GetProperty("recoveryCodes").GetArrayLength().ShouldBe(10);
        (await EnabledAsync(ada)).ShouldBeTrue();
        (await LoginAsync(ada)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        fixture.Mail.SubjectsTo(ada.Email).ShouldContain("Two-factor authentication is on");
        (await Audits.OfAsync(_app, "two_factor.enabled", ada.UserId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_secret_and_the_codes_are_not_stored_in_the_clear_and_the_secret_is_bound_to_its_account()
    {
        var (ada, secret, codes) = await EnabledPersonAsync();
        var record = (await _app.Get<IDocumentStore>().ForPlatform<TwoFactor>(Caller.Platform).GetAsync(ada.UserId, default))!;
        record.SealedSecret!.ShouldNotContain(secret);
        record.RecoveryHashes.Count.ShouldBe(10);
        record.RecoveryHashes.ShouldAllBe(hash => hash.Length == 64 && !codes.Any(code => hash.Contains(code)));
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => _app.Get<ISecretBox>().Open(record.SealedSecret!, TwoFactor.AadOf("somebody-else")));
    }

    [Fact]
    public async Task Switching_on_ends_the_other_sessions_and_keeps_this_one()
    {
        var ada = await _app.SignUpAsync();
        var other = await SecondSessionAsync(ada);
        var secret = (await (await PostAsync(ada, "2fa/enable")).ReadAsync()).GetProperty("secret").GetString()!;
        (await PostAsync(ada, "2fa/verify", new { code = CodeOf(secret) })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await other.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var bob = await _app.SignUpAsync();
        var kept = await SecondSessionAsync(bob);
        secret = (await (await PostAsync(bob, "2fa/enable")).ReadAsync()).GetProperty("secret").GetString()!;
        (await PostAsync(bob, "2fa/verify", new { code = CodeOf(secret), endOtherSessions = false })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await kept.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_code_that_switched_it_on_does_not_sign_in()
    {
        var (ada, secret, _) = await EnabledPersonAsync();
        var challenge = (await (await LoginAsync(ada)).ReadAsync()).GetProperty("challenge").GetString();
        (await (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge, code = CodeOf(secret) })).ProblemAsync()).ShouldBe("invalid_code");
    }

    [Fact]
    public async Task Switching_off_takes_the_password_and_a_code()
    {
        var (ada, secret, _) = await EnabledPersonAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(60));
        (await (await PostAsync(ada, "2fa/disable", new { password = "wrong", code = CodeOf(secret) })).ProblemAsync()).ShouldBe("wrong_password");
        (await (await PostAsync(ada, "2fa/disable", new { password = ada.Password, code = "1" })).ProblemAsync()).ShouldBe("invalid_code");
        (await EnabledAsync(ada)).ShouldBeTrue();
        (await PostAsync(ada, "2fa/disable", new { password = ada.Password, code = CodeOf(secret) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await EnabledAsync(ada)).ShouldBeFalse();
        (await LoginAsync(ada)).StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Mail.SubjectsTo(ada.Email).ShouldContain("Two-factor authentication is off");
        (await (await PostAsync(ada, "2fa/disable", new { password = ada.Password, code = "1" })).ProblemAsync()).ShouldBe("two_factor_off");
    }

    [Fact]
    public async Task A_recovery_code_switches_it_off_too()
    {
        var (ada, _, codes) = await EnabledPersonAsync();
        (await PostAsync(ada, "2fa/disable", new { password = ada.Password, code = codes[0] })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_old_ones_and_a_used_one_is_told_by_mail()
    {
        var (ada, _, old) = await EnabledPersonAsync();
        var fresh = (await (await PostAsync(ada, "2fa/recovery-codes")).ReadAsync()).GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!).ToList();
        fresh.Intersect(old).ShouldBeEmpty();
        (await (await RecoverAsync(ada, old[0])).ProblemAsync()).ShouldBe("invalid_code");
        (await RecoverAsync(ada, fresh[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await ada.Client.GetAsync("/api/v1/auth/2fa/recovery-codes")).ReadAsync()).GetProperty("left").GetInt32().ShouldBe(9);
        fixture.Mail.To(ada.Email)[^1].Lines.ShouldContain(line => line.Contains("9 of them are left"));
        (await Audits.OfAsync(_app, "two_factor.recovery_code_used", ada.UserId)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("2fa/enable")]
    [InlineData("2fa/verify")]
    [InlineData("2fa/recovery-codes")]
    public async Task After_a_quarter_of_an_hour_one_confirms_first(string route)
    {
        var ada = await _app.SignUpAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(14));
        (await PostAsync(ada, "2fa/enable")).StatusCode.ShouldBe(HttpStatusCode.OK);
        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        var body = new { code = "1" };
        var refused = await PostAsync(ada, route, body);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ProblemAsync()).ShouldBe("reauthentication_required");
        (await (await PostAsync(ada, "confirm", new { password = "wrong" })).ProblemAsync()).ShouldBe("wrong_password");
        (await PostAsync(ada, route, body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(ada, "confirm", new { password = ada.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(ada, route, body)).StatusCode.ShouldNotBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_code_confirms_too_and_wrong_answers_lock()
    {
        var (ada, secret, codes) = await EnabledPersonAsync();
        fixture.Clock.Advance(TimeSpan.FromMinutes(20));
        var ways = (await (await ada.Client.GetAsync("/api/v1/auth/confirm")).ReadAsync());
        ways.GetProperty("fresh").GetBoolean().ShouldBeFalse();
        ways.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["password", "totp"]);
        (await (await PostAsync(ada, "confirm", new { code = codes[1] })).ProblemAsync()).ShouldBe("invalid_code");
        (await PostAsync(ada, "confirm", new { code = CodeOf(secret) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        for (var i = 0; i < 5; i++) { (await PostAsync(ada, "confirm", new { password = "wrong" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest); }
        (await PostAsync(ada, "confirm", new { password = ada.Password })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Keys_and_staff_who_act_as_the_customer_reach_none_of_it()
    {
        var (ada, _, _) = await EnabledPersonAsync();
        var session = (await (await ada.Client.GetAsync("/api/v1/users/sessions")).ReadAsync()).GetProperty("items")[0].GetProperty("id").GetString();
        var self = ada.Caller with { SessionId = session };
        var settings = _app.Get<TwoFactorSettings>();
        (await settings.StatusAsync(self, default)).Ok.ShouldBeTrue();
        foreach (var other in (Caller[])[self with { ApiKeyId = "k" }, self with { Impersonator = new Impersonator("s", "Support") }, self with { SessionId = null }, Caller.Anonymous, Caller.Platform])
        {
            (await settings.StatusAsync(other, default)).Problem!.Code.ShouldBe("forbidden");
            (await settings.BeginAsync(other, default)).Problem!.Code.ShouldBe("forbidden");
            (await settings.EnableAsync(other, new("1"), default)).Problem!.Code.ShouldBe("forbidden");
            (await settings.DisableAsync(other, new(ada.Password, "1"), default)).Problem!.Code.ShouldBe("forbidden");
            (await settings.RegenerateAsync(other, default)).Problem!.Code.ShouldBe("forbidden");
            (await _app.Get<ConfirmIdentity>().RunAsync(other, new(ada.Password), default)).Problem!.Code.ShouldBe("forbidden");
        }
    }

    [Fact]
    public async Task Staff_put_one_on_too()
    {
        var staff = await _app.StaffAsync(StaffRole.Support);
        var secret = (await (await staff.Client.PostAsync("/api/v1/admin/auth/2fa/enable", null)).ReadAsync()).GetProperty("secret").GetString()!;
        (await staff.Client.PostAsJsonAsync("/api/v1/admin/auth/2fa/verify", new { code = CodeOf(secret) })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login", new { email = staff.Caller.Name, password = TestStaff.Password })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_new_device_is_told_by_mail_and_a_known_one_is_not()
    {
        var ada = await _app.SignUpAsync();
        var (phone, laptop) = ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await LoginAsync(ada, phone);
        await LoginAsync(ada, laptop);
        await LoginAsync(ada, laptop.Replace("140", "141"));
        await LoginAsync(ada, phone);
        fixture.Mail.To(ada.Email).Where(m => m.Subject == "New sign-in to your account").Select(m => m.Lines[1]).ShouldBe([
            "your account was signed in to with Safari on iPhone, which it had not been used with before.",
            "your account was signed in to with Firefox on Linux, which it had not been used with before."]);
    }

    private string CodeOf(string secret) => Totp.CodeOf(FromBase32(secret), Totp.StepOf(Now));

    private static byte[] FromBase32(string text)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var c in text)
        {
            (buffer, bits) = (((buffer << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c)) & 0xffff, bits + 5);
            if (bits >= 8) { bits -= 8; bytes.Add((byte)(buffer >> bits)); }
        }
        return [.. bytes];
    }

    private async Task<(TestCustomer Person, string Secret, IReadOnlyList<string> Codes)> EnabledPersonAsync()
    {
        var ada = await _app.SignUpAsync();
        var secret = (await (await PostAsync(ada, "2fa/enable")).ReadAsync()).GetProperty("secret").GetString()!;
        var codes = await (await PostAsync(ada, "2fa/verify", new { code = CodeOf(secret) })).ReadAsync();
        return (ada, secret, [.. codes.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    private async Task<HttpClient> SecondSessionAsync(TestCustomer person)
    {
        var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await (await LoginAsync(person)).ReadAsync()).GetProperty("accessToken").GetString());
        return client;
    }

    private async Task<HttpResponseMessage> RecoverAsync(TestCustomer person, string recoveryCode)
    {
        var challenge = (await (await LoginAsync(person)).ReadAsync()).GetProperty("challenge").GetString();
        return await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge, recoveryCode });
    }

    private async Task<bool> EnabledAsync(TestCustomer person) => (await (await person.Client.GetAsync("/api/v1/auth/2fa/status")).ReadAsync()).GetProperty("enabled").GetBoolean();

    private static Task<HttpResponseMessage> PostAsync(TestCustomer person, string route, object? body = null) => person.Client.PostAsJsonAsync($"/api/v1/auth/{route}", body ?? new { });

    private Task<HttpResponseMessage> LoginAsync(TestCustomer person, string? device = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login") { Content = JsonContent.Create(new { email = person.Email, password = person.Password }) };
        if (device is not null) { request.Headers.TryAddWithoutValidation("User-Agent", device); }
        return _app.CreateClient().SendAsync(request);
    }

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = Mail.Into(new PlatformApp().With(Clock).With("Accounts:AccessTokenMinutes", "60"));

        public FakeClock Clock { get; } = new();
        public MailBox Mail { get; } = new();
        public PlatformApp App { get; }

        public void Dispose() => App.Dispose();
    }
}
