using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Features.Notifications.Contracts;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class MailFlowTests(MailFlowTests.Fixture fixture) : IClassFixture<MailFlowTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task Until_the_address_is_confirmed_nothing_can_be_done_in_the_organization()
    {
        var ada = await _app.SignUpAsync();
        var members = $"/api/v1/organizations/{ada.OrganizationId}/users";
        var refused = await ada.Client.GetAsync(members);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ProblemAsync()).ShouldBe("email_not_verified");
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync("verify-email", new { token = fixture.LastToken(ada.Email) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ada.Client.GetAsync(members)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_works_once_and_not_for_ever()
    {
        var (ada, bob) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        (await PostAsync("verify-email", new { token = fixture.LastToken(ada.Email) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await PostAsync("verify-email", new { token = fixture.LastToken(ada.Email) })).ProblemAsync()).ShouldBe("invalid_token");
        fixture.Clock.Advance(TimeSpan.FromDays(3));
        (await (await PostAsync("verify-email", new { token = fixture.LastToken(bob.Email) })).ProblemAsync()).ShouldBe("invalid_token");
        (await PostAsync("resend-verification", new { email = bob.Email })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync("verify-email", new { token = fixture.LastToken(bob.Email) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_new_password_by_mail_ends_all_sessions_and_the_old_password()
    {
        var ada = await _app.SignUpAsync();
        (await PostAsync("forgot-password", new { email = ada.Email })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var token = fixture.LastToken(ada.Email);
        (await PostAsync("reset-password", new { token, newPassword = "short" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("reset-password", new { token, newPassword = "another plain sentence" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync("reset-password", new { token, newPassword = "yet another sentence" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ada.Client.GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("refresh", new { refreshToken = ada.RefreshToken })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("login", new { email = ada.Email, password = ada.Password })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("login", new { email = ada.Email, password = "another plain sentence" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_forgotten_password_tells_nobody_which_addresses_exist()
    {
        var ada = await _app.SignUpAsync();
        var known = await (await PostAsync("forgot-password", new { email = ada.Email })).ReadAsync();
        var unknown = await (await PostAsync("forgot-password", new { email = "nobody-at-all@example.com" })).ReadAsync();
        unknown.ToString().ShouldBe(known.ToString());
        fixture.Mails.ShouldNotContain(m => m.To == "nobody-at-all@example.com");
    }

    [Fact]
    public async Task Nobody_is_flooded_with_mails()
    {
        var ada = await _app.SignUpAsync();
        for (var i = 0; i < 6; i++) { (await PostAsync("forgot-password", new { email = ada.Email })).StatusCode.ShouldBe(HttpStatusCode.Accepted); }
        fixture.Mails.Count(m => m.To == ada.Email && m.Subject == "Set a new password").ShouldBe(3);
    }

    private Task<HttpResponseMessage> PostAsync(string route, object body) => _app.CreateClient().PostAsJsonAsync($"/api/v1/auth/{route}", body);

    public sealed class Fixture : IDisposable
    {
        public Fixture()
        {
            var mailer = Substitute.For<IMailer>();
            mailer.IsConfigured.Returns(true);
            mailer.When(m => m.Send(Arg.Any<WriteBatch>(), Arg.Any<Caller>(), Arg.Any<Mail>())).Do(call => Mails.Enqueue(call.Arg<Mail>()));
            App = new PlatformApp().With(Clock).With(services => services.Replace(ServiceDescriptor.Singleton(mailer)));
        }

        public FakeClock Clock { get; } = new();
        public ConcurrentQueue<Mail> Mails { get; } = new();
        public PlatformApp App { get; }

        public string LastToken(string email) => Mails.Last(m => m.To == email && m.ActionUrl!.Contains("token=")).ActionUrl!.Split("token=")[1];

        public void Dispose() => App.Dispose();
    }
}
