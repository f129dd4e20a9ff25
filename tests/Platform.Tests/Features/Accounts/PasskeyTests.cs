using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Accounts.Store;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Passkeys over HTTP, with an authenticator in software that can be made to lie.</summary>
public sealed class PasskeyTests(PasskeyTests.Fixture fixture) : IClassFixture<PasskeyTests.Fixture>
{
    private const string Own = "/api/v1/auth/own-passkeys", Question = "/api/v1/auth/passkeys/question", SignIn = "/api/v1/auth/passkeys/sign-in";
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_passkey_is_made_named_used_without_a_password_and_removed()
    {
        var (ada, key) = await WithPasskeyAsync();
        var list = await (await ada.Client.GetAsync(Own)).ReadAsync();
        var id = list[0].GetProperty("id").GetString();
        (await ada.Client.PutAsJsonAsync($"{Own}/{id}", new { name = "Phone" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        key.Counter++;
        var grant = await (await SignInAsync(key)).ReadAsync();
        grant.GetProperty("user").GetProperty("id").GetString().ShouldBe(ada.UserId);
        (await Audits.OfAsync(_app, "sign_in.succeeded", ada.UserId))[^1].Detail.ShouldBe("passkey");
        var named = (await (await ada.Client.GetAsync(Own)).ReadAsync())[0];
        named.GetProperty("name").GetString().ShouldBe("Phone");
        named.GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await ada.Client.DeleteAsync($"{Own}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        key.Counter++;
        (await SignInAsync(key)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Audits.OfAsync(_app, "passkey.added", ada.UserId)).Count.ShouldBe(1);
        (await Audits.OfAsync(_app, "passkey.removed", ada.UserId)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_first_passkey_brings_recovery_codes_and_they_bring_its_owner_back()
    {
        var ada = await _app.SignUpAsync();
        var codes = (await MakeAsync(ada, new TestAuthenticator { Counter = 1 })).GetProperty("recoveryCodes");
        codes.GetArrayLength().ShouldBe(10);
        // Another one brings none: those stay good.
        (await MakeAsync(ada, new TestAuthenticator { Counter = 1 })).GetProperty("recoveryCodes").ValueKind.ShouldBe(JsonValueKind.Null);
        // A customer who has only passkeys, and has lost them: the mailbox gives a password …
        var account = (await _app.Get<AccountStore>().GetAsync(ada.UserId, default))!;
        account.PasswordHash = null;
        await _app.Get<AccountStore>().CommitAsync(new WriteBatch().Replace(Caller.Platform, account), default);
        account = (await _app.Get<AccountStore>().GetAsync(ada.UserId, default))!;
        var link = new WriteBatch();
        var token = _app.Get<OneTimeTokenStore>().Stage(link, account, TokenPurpose.ResetPassword, TimeSpan.FromHours(1));
        await _app.Get<AccountStore>().CommitAsync(link, default);
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/reset-password", new { token, newPassword = "a plain new sentence" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // … which alone opens nothing; with a code it does, once.
        var due = await LoginAsync(ada.Email);
        due.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["passkey", "recovery_code"], ignoreOrder: true);
        (await VerifyAsync(due, "wrong-code1")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var back = await (await VerifyAsync(due, codes[0].GetString()!)).ReadAsync();
        (await VerifyAsync(await LoginAsync(ada.Email), codes[0].GetString()!)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // From there the lost passkeys are taken away, and the password is enough.
        var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", back.GetProperty("accessToken").GetString());
        foreach (var passkey in (await (await client.GetAsync(Own)).ReadAsync()).EnumerateArray()) { (await client.DeleteAsync($"{Own}/{passkey.GetProperty("id").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.NoContent); }
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = ada.Email, password = "a plain new sentence" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_is_the_second_factor_of_a_password()
    {
        var (ada, key) = await WithPasskeyAsync();
        var first = await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = ada.Email, password = ada.Password });
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var due = await first.ReadAsync();
        due.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldContain("passkey");
        var question = await AskAsync(Question);
        key.Counter++;
        var passkey = new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Get(question) };
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge = due.GetProperty("challenge").GetString(), passkey })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Somebody_elses_passkey_is_no_second_factor()
    {
        var (ada, _) = await WithPasskeyAsync();
        var (_, other) = await WithPasskeyAsync();
        var due = await (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = ada.Email, password = ada.Password })).ReadAsync();
        var question = await AskAsync(Question);
        other.Counter++;
        var passkey = new { ceremony = question.GetProperty("ceremony").GetString(), credential = other.Get(question) };
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge = due.GetProperty("challenge").GetString(), passkey })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("another site")]
    [InlineData("counter stands")]
    [InlineData("counter goes back")]
    [InlineData("not unlocked")]
    [InlineData("another challenge")]
    public async Task An_answer_that_proves_nothing_opens_nothing(string lie)
    {
        var (_, key) = await WithPasskeyAsync(counter: 5);
        var question = await AskAsync(Question);
        var answered = lie == "another challenge" ? await AskAsync(Question) : question;
        (key.Counter, key.Unlocked, key.Origin) = (lie switch { "counter stands" => 5u, "counter goes back" => 4u, _ => 6u }, lie != "not unlocked", lie == "another site" ? "https://evil.example" : key.Origin);
        var answer = await _app.CreateClient().PostAsJsonAsync(SignIn, new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Get(answered) });
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.ProblemAsync()).ShouldBe("invalid_passkey");
    }

    [Fact]
    public async Task An_answer_works_once_and_not_for_ever()
    {
        var (_, key) = await WithPasskeyAsync();
        var question = await AskAsync(Question);
        key.Counter++;
        var answer = new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Get(question) };
        (await _app.CreateClient().PostAsJsonAsync(SignIn, answer)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await _app.CreateClient().PostAsJsonAsync(SignIn, answer)).ProblemAsync()).ShouldBe("passkey_expired");
        var late = await AskAsync(Question);
        fixture.Clock.Advance(TimeSpan.FromMinutes(6));
        key.Counter++;
        (await (await _app.CreateClient().PostAsJsonAsync(SignIn, new { ceremony = late.GetProperty("ceremony").GetString(), credential = key.Get(late) })).ProblemAsync()).ShouldBe("passkey_expired");
    }

    [Fact]
    public async Task A_customers_passkey_opens_no_staff_account_and_a_question_of_one_side_is_none_of_the_other()
    {
        var (_, key) = await WithPasskeyAsync();
        var question = await AskAsync("/api/v1/admin/auth/passkeys/question");
        key.Counter++;
        var answer = new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Get(question) };
        (await (await _app.CreateClient().PostAsJsonAsync(SignIn, answer)).ProblemAsync()).ShouldBe("passkey_expired");
        (await (await _app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/passkeys/sign-in", answer)).ProblemAsync()).ShouldBe("invalid_passkey");
    }

    [Fact]
    public async Task Making_and_removing_want_a_fresh_confirmation_and_the_own_account()
    {
        var (ada, _) = await WithPasskeyAsync();
        var id = (await (await ada.Client.GetAsync(Own)).ReadAsync())[0].GetProperty("id").GetString();
        var eve = await _app.SignUpAsync();
        (await eve.Client.DeleteAsync($"{Own}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.PutAsJsonAsync($"{Own}/{id}", new { name = "mine" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        fixture.Clock.Advance(TimeSpan.FromMinutes(16));
        var tokens = await (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = eve.RefreshToken })).ReadAsync();
        eve.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("accessToken").GetString());
        (await (await eve.Client.PostAsync($"{Own}/question", null)).ProblemAsync()).ShouldBe("reauthentication_required");
    }

    [Fact]
    public async Task A_staff_session_with_one_factor_becomes_whole_when_its_owner_adds_a_passkey()
    {
        using var app = new PlatformApp().With("Staff:RequireTwoFactor", "true");
        using var key = new TestAuthenticator();
        var staff = await app.StaffAsync();
        (await staff.Client.GetAsync("/api/v1/admin/overview")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var question = await (await staff.Client.PostAsync("/api/v1/admin/auth/own-passkeys/question", null)).ReadAsync();
        (await staff.Client.PostAsJsonAsync("/api/v1/admin/auth/own-passkeys", new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Create(question), name = "Key" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await staff.Client.GetAsync("/api/v1/admin/overview")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var again = await (await app.CreateClient().PostAsync("/api/v1/admin/auth/passkeys/question", null)).ReadAsync();
        key.Counter++;
        (await app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/passkeys/sign-in", new { ceremony = again.GetProperty("ceremony").GetString(), credential = key.Get(again) })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement> MakeAsync(TestCustomer who, TestAuthenticator key)
    {
        var question = await (await who.Client.PostAsync($"{Own}/question", null)).ReadAsync();
        return await (await who.Client.PostAsJsonAsync(Own, new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Create(question), name = "Laptop" })).ReadAsync();
    }

    private async Task<JsonElement> LoginAsync(string email) => await (await _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email, password = "a plain new sentence" })).ReadAsync();

    private Task<HttpResponseMessage> VerifyAsync(JsonElement due, string recoveryCode) => _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge = due.GetProperty("challenge").GetString(), recoveryCode });

    private async Task<(TestCustomer Customer, TestAuthenticator Key)> WithPasskeyAsync(uint counter = 1)
    {
        var ada = await _app.SignUpAsync();
        var key = new TestAuthenticator { Counter = counter };
        var question = await (await ada.Client.PostAsync($"{Own}/question", null)).ReadAsync();
        var made = await ada.Client.PostAsJsonAsync(Own, new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Create(question), name = "Laptop" });
        made.StatusCode.ShouldBe(HttpStatusCode.OK, await made.Content.ReadAsStringAsync());
        return (ada, key);
    }

    private async Task<JsonElement> AskAsync(string url) => await (await _app.CreateClient().PostAsync(url, null)).ReadAsync();

    private async Task<HttpResponseMessage> SignInAsync(TestAuthenticator key)
    {
        var question = await AskAsync(Question);
        return await _app.CreateClient().PostAsJsonAsync(SignIn, new { ceremony = question.GetProperty("ceremony").GetString(), credential = key.Get(question) });
    }

    public sealed class Fixture : IDisposable
    {
        public Fixture() => App = new PlatformApp().With(Clock);
        public FakeClock Clock { get; } = new();
        public PlatformApp App { get; }
        public void Dispose() => App.Dispose();
    }
}
