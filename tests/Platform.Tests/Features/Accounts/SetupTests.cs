using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class SetupTests
{
    [Fact]
    public async Task The_first_start_asks_for_the_code_and_makes_one_staff_account_only()
    {
        using var app = new PlatformApp().With("Setup:AdminEmail", "").With("Setup:AdminPassword", "");
        var browser = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var code = (await File.ReadAllTextAsync(Path.Combine(app.DataDirectory, "keys", "setup-code"))).Trim();
        (await SetupAsync(browser, "wrong", "first@platform.test")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SetupAsync(browser, code, "first@platform.test")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await (await browser.GetAsync("/setup")).Content.ReadAsStringAsync()).ShouldContain("exists already");
        File.Exists(Path.Combine(app.DataDirectory, "keys", "setup-code")).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_first_staff_accounts_at_once_one_is_made()
    {
        using var app = new PlatformApp().With("Setup:AdminEmail", "").With("Setup:AdminPassword", "");
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => app.Get<FirstStaff>().RunAsync(Caller.Anonymous, new FirstStaffRequest($"s{i}@platform.test", TestStaff.Password), default)));
        results.Count(r => r.Ok).ShouldBe(1);
    }

    [Theory]
    [InlineData("password1234")]
    [InlineData("changeme1234")]
    [InlineData("short")]
    [InlineData("")]
    public void A_weak_or_sample_password_in_the_settings_stops_the_start_and_names_the_setting(string password)
    {
        using var app = new PlatformApp().With("Setup:AdminPassword", password);
        Should.Throw<InvalidOperationException>(() => app.CreateClient()).Message.ShouldContain("Setup:AdminPassword");
    }

    [Fact]
    public void Keys_in_the_data_directory_are_readable_by_their_owner_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes");
        using var app = new PlatformApp();
        app.CreateClient();
        File.GetUnixFileMode(Path.Combine(app.DataDirectory, "keys", "master.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(app.DataDirectory, "keys")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static Task<HttpResponseMessage> SetupAsync(HttpClient browser, string code, string email) =>
        BrowserTests.PostAsync(browser, "/setup", "setup", new() { ["Form.Name"] = "First", ["Form.Email"] = email, ["Form.Password"] = TestStaff.Password, ["Form.Code"] = code });
}
