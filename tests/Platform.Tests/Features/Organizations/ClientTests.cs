using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Platform.Features.Notifications.Actions;
using Platform.Features.Notifications.Contracts;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Organizations;

/// <summary>Clients: no password, a mailed link, and nothing but what they are asked to approve.</summary>
public sealed partial class ClientTests(TeamFixture team) : IClassFixture<TeamFixture>
{
    [Fact]
    public async Task A_client_joins_without_a_password_and_signs_in_by_a_link_once()
    {
        var (_, address) = await ClientAsync();
        (await AskAsync(address)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var token = await LinkAsync(address);
        // Looking at the page, as mail scanners do, uses nothing up.
        (await team.App.CreateClient().GetAsync($"/sign-in/link?token={token}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UseAsync(token)));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        (await (await UseAsync(token)).ProblemAsync()).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task A_link_works_for_a_quarter_of_an_hour()
    {
        var (_, address) = await ClientAsync();
        await AskAsync(address);
        var token = await LinkAsync(address);
        team.Clock.Step(TimeSpan.FromMinutes(15.1));
        (await (await UseAsync(token)).ProblemAsync()).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task Strangers_and_members_get_the_same_answer_and_no_link()
    {
        var owner = await team.App.SignUpAsync();
        var (both, address) = await ClientAsync();
        var said = new List<string>();
        foreach (var email in new[] { TeamFixture.NewAddress(), owner.Email, address }) { said.Add(await (await AskAsync(email)).Content.ReadAsStringAsync()); }
        said.Distinct().Count().ShouldBe(1);
        (await MailsAsync(owner.Email)).ShouldBe(0);
        (await MailsAsync(address)).ShouldBe(1);
        both.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_client_with_a_password_who_becomes_an_editor_elsewhere_signs_in_by_password_again()
    {
        var (first, second) = (await team.App.SignUpAsync(), await team.App.SignUpAsync());
        var client = await team.JoinAsync(first, Role.Client);
        await AskAsync(client.Email);
        var token = await LinkAsync(client.Email);
        (await TeamFixture.InviteAsync(second, client.Email, "editor")).EnsureSuccessStatusCode();
        (await client.Client.PostAsync($"/api/v1/invitations/{await team.TokenAsync(client.Email)}/accept", null)).EnsureSuccessStatusCode();
        (await (await UseAsync(token)).ProblemAsync()).ShouldBe("invalid_token", "an editor's account is not opened by mail alone");
    }

    [Fact]
    public async Task A_second_factor_is_still_asked_for()
    {
        var (client, address) = await ClientAsync();
        await TestTwoFactor.OnAsync(team.App, client);
        await AskAsync(address);
        var answer = await UseAsync(await LinkAsync(address));
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.ReadAsync()).GetProperty("methods").EnumerateArray().Select(m => m.GetString()).ShouldContain("totp");
    }

    [Fact]
    public async Task Everything_but_approvals_refuses_a_client()
    {
        var owner = await team.App.SignUpAsync();
        var client = await team.JoinAsync(owner, Role.Client);
        await team.App.Get<INotices>().RaiseAsync(Caller.System(owner.OrganizationId), new Notice("publication_failed", "Inner matters", "x", "/", "one"), default);
        await team.App.Get<INotices>().RaiseAsync(Caller.System(owner.OrganizationId), new Notice("approval_requested", "For you", "x", "/approvals", "two", client.UserId), default);
        foreach (var path in new[] { "/api/v1/content", "/api/v1/social-accounts", "/api/v1/media", "/api/v1/calendar", $"/api/v1/organizations/{owner.OrganizationId}/users", $"/api/v1/organizations/{owner.OrganizationId}/brand", $"/api/v1/organizations/{owner.OrganizationId}/profile", $"/api/v1/organizations/{owner.OrganizationId}" })
        {
            (await client.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
        var notices = (await (await client.Client.GetAsync("/api/v1/notifications")).ReadAsync()).GetProperty("items").EnumerateArray().Select(n => n.GetProperty("title").GetString()).ToList();
        notices.ShouldBe(["For you"], "a client hears only what is for them");
        (await (await client.Client.GetAsync("/api/v1/notifications/unread-count")).ReadAsync()).GetProperty("count").GetInt64().ShouldBe(1);
        (await (await owner.Client.GetAsync("/api/v1/notifications")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private async Task<(string UserId, string Address)> ClientAsync()
    {
        var owner = await team.App.SignUpAsync();
        var address = TeamFixture.NewAddress();
        (await TeamFixture.InviteAsync(owner, address, "client")).EnsureSuccessStatusCode();
        var body = await (await team.App.CreateClient().PostAsJsonAsync($"/api/v1/invitations/{await team.TokenAsync(address)}/register", new { firstName = "Cleo", lastName = "Client" })).ReadAsync();
        return (body.GetProperty("user").GetProperty("id").GetString()!, address);
    }

    private Task<HttpResponseMessage> AskAsync(string email) => team.App.CreateClient().PostAsJsonAsync("/api/v1/auth/magic-link", new { email });

    private Task<HttpResponseMessage> UseAsync(string token) => team.App.CreateClient().PostAsJsonAsync("/api/v1/auth/magic-link/verify", new { token });

    private async Task<string> LinkAsync(string email) =>
        Token().Match((await AllAsync()).Where(m => m.To == email && m.ActionUrl?.Contains("/sign-in/link", StringComparison.Ordinal) == true).OrderByDescending(m => m.Id, StringComparer.Ordinal).First().ActionUrl!).Groups[1].Value;

    private async Task<int> MailsAsync(string email) => (await AllAsync()).Count(m => m.To == email && m.ActionUrl?.Contains("/sign-in/link", StringComparison.Ordinal) == true);

    private async Task<IReadOnlyList<MailboxMail>> AllAsync() => (await team.App.Get<ListMailbox>().RunAsync(Caller.Anonymous, 100, null, default)).Unwrap().Items;

    [GeneratedRegex("token=([A-Za-z0-9_-]{43})$")]
    private static partial Regex Token();
}
