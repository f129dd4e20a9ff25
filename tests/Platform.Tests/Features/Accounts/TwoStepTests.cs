using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Signing in with a second factor, over HTTP and through the pages.</summary>
public sealed class TwoStepTests(TwoStepTests.Fixture fixture) : IClassFixture<TwoStepTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    private DateTimeOffset Now => fixture.Clock.GetUtcNow();

    [Fact]
    public async Task The_password_alone_gets_a_challenge_and_no_tokens()
    {
        var (ada, _) = await WithTwoFactorAsync();
        var answer = await LoginAsync(ada);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var body = await answer.ReadAsync();
        body.EnumerateObject().Select(p => p.Name).ShouldBe(["challenge", "methods", "expiresIn"]);
        body.GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldBe(["totp", "recovery_code"]);
        body.GetProperty("expiresIn").GetInt32().ShouldBe(600);
    }

    [Fact]
    public async Task The_code_finishes_the_sign_in_and_the_session_knows_both_factors()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var tokens = await (await VerifyAsync(new { challenge = await ChallengeAsync(ada), code = app.CodeAt(Now) })).ReadAsync();
        var client = _app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("accessToken").GetString());
        (await client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = (await Audits.OfAsync(_app, "sign_in.succeeded", ada.UserId))[0];
        entry.Detail.ShouldBe("password + totp");
    }

    [Fact]
    public async Task A_code_works_once_even_in_another_sign_in()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var code = app.CodeAt(Now);
        (await VerifyAsync(new { challenge = await ChallengeAsync(ada), code })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var replay = await VerifyAsync(new { challenge = await ChallengeAsync(ada), code });
        replay.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await replay.ProblemAsync()).ShouldBe("invalid_code");
        // Nor does the code of the step before it, which the drift would still allow.
        (await (await VerifyAsync(new { challenge = await ChallengeAsync(ada), code = app.CodeAt(Now.AddSeconds(-30)) })).ProblemAsync()).ShouldBe("invalid_code");
    }

    [Fact]
    public async Task Of_fifty_with_one_code_one_gets_in()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var challenges = new List<string>();
        for (var i = 0; i < 50; i++) { challenges.Add(await ChallengeAsync(ada)); }
        var code = app.CodeAt(Now);
        var answers = await Task.WhenAll(challenges.Select(challenge => VerifyAsync(new { challenge, code })));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_recovery_code_works_once_and_of_fifty_at_once_for_one()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var challenges = new List<string>();
        for (var i = 0; i < 50; i++) { challenges.Add(await ChallengeAsync(ada)); }
        var answers = await Task.WhenAll(challenges.Select(challenge => VerifyAsync(new { challenge, recoveryCode = app.RecoveryCodes[3] })));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromMinutes(16));
        (await (await VerifyAsync(new { challenge = await ChallengeAsync(ada), recoveryCode = app.RecoveryCodes[3] })).ProblemAsync()).ShouldBe("invalid_code");
        (await VerifyAsync(new { challenge = await ChallengeAsync(ada), recoveryCode = app.RecoveryCodes[4].ToUpperInvariant() })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_challenge_ends_after_ten_minutes_five_tries_or_one_use()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var late = await ChallengeAsync(ada);
        fixture.Clock.Advance(TimeSpan.FromMinutes(10));
        (await OverAsync(late, app.CodeAt(Now))).ShouldBeTrue();

        var used = await ChallengeAsync(ada);
        (await VerifyAsync(new { challenge = used, code = app.CodeAt(Now) })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await OverAsync(used, app.RecoveryCodes[0])).ShouldBeTrue();

        var tried = await ChallengeAsync(ada);
        for (var i = 0; i < 5; i++) { (await VerifyAsync(new { challenge = tried, code = app.WrongAt(Now) })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized); }
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        (await OverAsync(tried, app.CodeAt(Now))).ShouldBeTrue();
    }

    [Fact]
    public async Task Wrong_codes_lock_over_all_challenges_and_a_right_password_does_not_forget_them()
    {
        var (ada, app) = await WithTwoFactorAsync();
        for (var i = 0; i < 5; i++) { (await VerifyAsync(new { challenge = await ChallengeAsync(ada), code = app.WrongAt(Now) })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized); }
        var locked = await VerifyAsync(new { challenge = await ChallengeAsync(ada), code = app.CodeAt(Now) });
        locked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await locked.ProblemAsync()).ShouldBe("locked_out");
        (await Audits.OfAsync(_app, "sign_in.code_locked", ada.UserId)).Count.ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromMinutes(16));
        (await VerifyAsync(new { challenge = await ChallengeAsync(ada), code = app.CodeAt(Now) })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_at_the_same_time_are_no_more_than_guesses_in_a_row()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var challenges = new List<string>();
        for (var i = 0; i < 40; i++) { challenges.Add(await ChallengeAsync(ada)); }
        var wrong = app.WrongAt(Now);
        var answers = await Task.WhenAll(challenges.Select(challenge => VerifyAsync(new { challenge, code = wrong })));
        answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized).ShouldBeLessThanOrEqualTo(5);
    }

    [Fact]
    public async Task A_challenge_is_bound_to_its_kind_and_to_the_password_it_came_from()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var challenge = await ChallengeAsync(ada);
        var elsewhere = await _app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login/verify", new { challenge, code = app.CodeAt(Now) });
        (await elsewhere.ProblemAsync()).ShouldBe("invalid_challenge");
        (await OverAsync("nobody-made-this", app.CodeAt(Now))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrong_password_says_nothing_of_the_second_factor()
    {
        var (ada, _) = await WithTwoFactorAsync();
        var wrong = await LoginAsync(ada with { Password = "not the password" });
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await wrong.ProblemAsync()).ShouldBe("invalid_credentials");
    }

    [Fact]
    public async Task Staff_sign_in_in_two_steps_too()
    {
        var staff = await _app.StaffAsync(StaffRole.Support);
        var app = await TestTwoFactor.OnAsync(_app, staff.Caller.UserId!);
        var first = await _app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login", new { email = staff.Caller.Name, password = TestStaff.Password });
        first.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var challenge = (await first.ReadAsync()).GetProperty("challenge").GetString();
        (await (await VerifyAsync(new { challenge, code = app.CodeAt(Now) })).ProblemAsync()).ShouldBe("invalid_challenge");
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/admin/auth/login/verify", new { challenge, code = app.CodeAt(Now) })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_pages_ask_for_the_code_in_a_second_step()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var browser = Browser();
        var first = await BrowserTests.PostAsync(browser, "/sign-in?returnUrl=/calendar", "sign-in", new() { ["Form.Email"] = ada.Email, ["Form.Password"] = ada.Password });
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var second = new Uri(new Uri("http://localhost"), first.Headers.Location!).PathAndQuery;
        second.ShouldBe("/sign-in/verify?returnUrl=%2Fcalendar");
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await (await browser.GetAsync(second)).Content.ReadAsStringAsync();
        page.ShouldContain("autocomplete=\"one-time-code\"");
        page.ShouldContain("with=recovery&amp;returnUrl=%2Fcalendar");
        (await (await BrowserTests.PostAsync(browser, second, "verify-sign-in", new() { ["Form.Code"] = app.WrongAt(Now) })).Content.ReadAsStringAsync()).ShouldContain("This code is not right");
        var done = await BrowserTests.PostAsync(browser, second, "verify-sign-in", new() { ["Form.Code"] = app.CodeAt(Now) });
        done.Headers.Location!.ToString().ShouldEndWith("/calendar");
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_pages_take_a_recovery_code_and_send_strangers_back()
    {
        var (ada, app) = await WithTwoFactorAsync();
        var browser = Browser();
        (await browser.GetAsync("/sign-in/verify")).Headers.Location!.ToString().ShouldEndWith("/sign-in?late=1");
        await BrowserTests.PostAsync(browser, "/sign-in", "sign-in", new() { ["Form.Email"] = ada.Email, ["Form.Password"] = ada.Password });
        var done = await BrowserTests.PostAsync(browser, "/sign-in/verify?with=recovery", "verify-sign-in", new() { ["Form.RecoveryCode"] = app.RecoveryCodes[9] });
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private HttpClient Browser() => _app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<(TestCustomer Person, TestTwoFactor App)> WithTwoFactorAsync()
    {
        var person = await _app.SignUpAsync();
        return (person, await TestTwoFactor.OnAsync(_app, person.UserId));
    }

    private Task<HttpResponseMessage> LoginAsync(TestCustomer person) => _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login", new { email = person.Email, password = person.Password });

    private async Task<string> ChallengeAsync(TestCustomer person) => (await (await LoginAsync(person)).ReadAsync()).GetProperty("challenge").GetString()!;

    private Task<HttpResponseMessage> VerifyAsync(object body) => _app.CreateClient().PostAsJsonAsync("/api/v1/auth/login/verify", body);

    private async Task<bool> OverAsync(string challenge, string code) => await (await VerifyAsync(new { challenge, code })).ProblemAsync() == "invalid_challenge";

    public sealed class Fixture : IDisposable
    {
        public FakeClock Clock { get; } = new();
        public PlatformApp App { get; }

        public Fixture() => App = new PlatformApp().With(Clock);

        public void Dispose() => App.Dispose();
    }
}
