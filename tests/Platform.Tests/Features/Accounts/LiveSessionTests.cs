using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Platform.Coordination;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Ui;
using Platform.Features.Organizations.Contracts;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using Platform.Ui;
using Platform.Ui.Live;

namespace Platform.Tests.Features.Accounts;

/// <summary>An open page follows its session.</summary>
public sealed class LiveSessionTests(LiveSessionTests.Fixture fixture) : IClassFixture<LiveSessionTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_page_that_stays_open_is_signed_out_with_its_session()
    {
        var customer = await _app.SignUpAsync();
        using var scope = _app.Services.CreateScope();
        var page = await OpenAsync(scope, customer);
        (await page.GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBeTrue();
        (await customer.Client.PostAsync("/api/v1/auth/logout", null)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => (await page.GetAuthenticationStateAsync()).User.Identity?.IsAuthenticated != true, "the page hears that its session is over");
    }

    [Fact]
    public async Task A_page_loses_its_rights_when_the_organization_is_suspended_and_gets_them_back()
    {
        var (customer, staff) = (await _app.SignUpAsync(), await _app.StaffAsync());
        using var scope = _app.Services.CreateScope();
        var page = await OpenAsync(scope, customer);
        var organizations = _app.Get<IOrganizations>();
        (await organizations.SuspendAsync(staff.Caller, customer.OrganizationId, "spam", default)).Unwrap();
        await Eventually.TrueAsync(async () => !await MayAsync(page), "the page hears of the suspension");
        (await organizations.ActivateAsync(staff.Caller, customer.OrganizationId, default)).Unwrap();
        await Eventually.TrueAsync(() => MayAsync(page), "the page hears that the suspension is over");
    }

    [Fact]
    public async Task What_a_page_does_carries_its_address_and_an_id_of_its_own()
    {
        var customer = await _app.SignUpAsync();
        using var scope = _app.Services.CreateScope();
        var page = await OpenAsync(scope, customer, "203.0.113.9");
        var callers = new CallerProvider(page, new PageAt("https://platform.test/posts"), scope.ServiceProvider.GetRequiredService<PageActivity>());
        var first = await callers.GetAsync();
        (first.Address, first.CorrelationId?.Length).ShouldBe(("203.0.113.9", 32));
        scope.ServiceProvider.GetRequiredService<PageActivity>().Begin();
        var second = await callers.GetAsync();
        second.CorrelationId.ShouldNotBe(first.CorrelationId);
        (await _app.Get<OwnSessions>().EndOthersAsync(second, default)).Unwrap();
        var record = (await Audits.OfAsync(_app, "session.others_ended", customer.UserId)).ShouldHaveSingleItem();
        (record.Address, record.CorrelationId).ShouldBe((second.Address, second.CorrelationId));
    }

    [Theory]
    [InlineData(Role.Client, "")]
    [InlineData(Role.Viewer, "the-post")]
    public async Task A_client_hears_that_something_changed_and_not_what(Role role, string heard)
    {
        var customer = await _app.SignUpAsync();
        var told = new TaskCompletionSource<LiveChange>();
        using var subscription = _app.Get<ILiveEvents>().Subscribe(customer.Caller with { Role = role }, ["post-status"], change => { told.TrySetResult(change); return Task.CompletedTask; });
        await _app.Get<ISignals>().PublishAsync(Topics.Live(customer.OrganizationId), """{"kind":"post-status","id":"the-post"}""", default);
        (await told.Task.WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe(new LiveChange("post-status", heard));
    }

    private sealed class PageAt : Microsoft.AspNetCore.Components.NavigationManager
    {
        public PageAt(string uri) => Initialize(uri[..(uri.IndexOf('/', 8) + 1)], uri);
    }

    private static async Task<bool> MayAsync(LiveSession page) =>
        CallerClaims.Read((await page.GetAuthenticationStateAsync()).User, CallerKind.Person)?.May(Permission.ContentWrite) == true;

    private static async Task<LiveSession> OpenAsync(IServiceScope scope, TestCustomer customer, string? address = null)
    {
        var sessions = await (await customer.Client.GetAsync("/api/v1/users/sessions")).ReadAsync();
        var caller = customer.Caller with { SessionId = sessions.GetProperty("items")[0].GetProperty("id").GetString(), Address = address };
        var page = (LiveSession)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        page.SetAuthenticationState(Task.FromResult(new AuthenticationState(Schemes.PrincipalOf(caller, Schemes.CustomerCookie))));
        return page;
    }

    public sealed class Fixture : IDisposable
    {
        public PlatformApp App { get; } = new();
        public void Dispose() => App.Dispose();
    }
}
