using System.Net;
using System.Net.Http.Json;
using Platform.Features.Notifications.Actions;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Organizations;

/// <summary>Invitations: who may, what the link shows, who can use it, once.</summary>
public sealed class InvitationTests(TeamFixture team) : IClassFixture<TeamFixture>
{
    [Fact]
    public async Task A_new_person_joins_with_the_invited_address_and_without_an_organization_of_their_own()
    {
        var owner = await team.App.SignUpAsync(organization: "Lamp Works");
        var address = TeamFixture.NewAddress();
        (await TeamFixture.InviteAsync(owner, address.ToUpperInvariant(), "manager", note: "See https://evil.test and hello")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var mail = (await team.App.Get<ListMailbox>().RunAsync(Caller.Anonymous, 1, null, default)).Unwrap().Items.Single();
        mail.To.ShouldBe(address);
        string.Join(' ', mail.Lines).ShouldContain("hello");
        string.Join(' ', mail.Lines).ShouldNotContain("evil.test");
        var token = await team.TokenAsync(address);
        var offer = await (await team.App.CreateClient().GetAsync($"/api/v1/invitations/{token}")).ReadAsync();
        (offer.GetProperty("organizationName").GetString(), offer.GetProperty("email").GetString(), offer.GetProperty("role").GetString()).ShouldBe(("Lamp Works", address, "manager"));
        var member = await team.JoinAsync(owner, address, token, Role.Manager);
        var me = await (await member.Client.GetAsync("/api/v1/auth/me")).ReadAsync();
        me.GetProperty("user").GetProperty("emailVerified").GetBoolean().ShouldBeTrue();
        me.GetProperty("organization").GetProperty("id").GetString().ShouldBe(owner.OrganizationId);
        (await (await member.Client.GetAsync("/api/v1/organizations")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_account_with_the_address_accepts_and_another_is_told_why_not()
    {
        var owner = await team.App.SignUpAsync();
        var (invited, other) = (await team.App.SignUpAsync(), await team.App.SignUpAsync());
        (await TeamFixture.InviteAsync(owner, invited.Email)).EnsureSuccessStatusCode();
        var token = await team.TokenAsync(invited.Email);
        (await (await other.Client.PostAsync($"/api/v1/invitations/{token}/accept", null)).ProblemAsync()).ShouldBe("other_address");
        (await (await team.App.CreateClient().PostAsJsonAsync($"/api/v1/invitations/{token}/register", new { firstName = "A", lastName = "B", password = "correct horse battery" })).ProblemAsync()).ShouldBe("email_taken");
        (await invited.Client.PostAsync($"/api/v1/invitations/{token}/accept", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await invited.Client.GetAsync("/api/v1/organizations")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await (await TeamFixture.InviteAsync(owner, invited.Email)).ProblemAsync()).ShouldBe("already_member");
    }

    [Fact]
    public async Task A_link_works_once_however_many_use_it_together()
    {
        var owner = await team.App.SignUpAsync();
        var invited = await team.App.SignUpAsync();
        (await TeamFixture.InviteAsync(owner, invited.Email)).EnsureSuccessStatusCode();
        var token = await team.TokenAsync(invited.Email);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => invited.Client.PostAsync($"/api/v1/invitations/{token}/accept", null)));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        (await invited.Client.PostAsync($"/api/v1/organizations/{owner.OrganizationId}/leave", null)).EnsureSuccessStatusCode();
        (await (await invited.Client.PostAsync($"/api/v1/invitations/{token}/accept", null)).ProblemAsync()).ShouldBe("invalid_token");
    }

    [Fact]
    public async Task Used_revoked_replaced_and_invented_links_answer_alike()
    {
        var owner = await team.App.SignUpAsync();
        var (used, revoked, replaced) = (TeamFixture.NewAddress(), TeamFixture.NewAddress(), TeamFixture.NewAddress());
        List<string> dead = [new string('x', 43)];
        foreach (var address in new[] { used, revoked, replaced }) { await (await TeamFixture.InviteAsync(owner, address)).ReadAsync(); dead.Add(await team.TokenAsync(address)); }
        await team.JoinAsync(owner, used, dead[1], Role.Editor);
        var open = (await (await owner.Client.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/invitations")).ReadAsync()).GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("email").GetString()!, i => i.GetProperty("id").GetString());
        (await owner.Client.DeleteAsync($"/api/v1/organizations/{owner.OrganizationId}/invitations/{open[revoked]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var resend = $"/api/v1/organizations/{owner.OrganizationId}/invitations/{open[replaced]}/resend";
        (await owner.Client.PostAsync(resend, null)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        team.Clock.Step(TimeSpan.FromMinutes(2));
        (await owner.Client.PostAsync(resend, null)).EnsureSuccessStatusCode();
        var stranger = team.App.CreateClient();
        var answers = new List<string>();
        foreach (var token in dead)
        {
            var answer = await stranger.GetAsync($"/api/v1/invitations/{token}");
            answers.Add($"{(int)answer.StatusCode} {await answer.ProblemAsync()}");
            answers.Add(await (await stranger.PostAsJsonAsync($"/api/v1/invitations/{token}/register", new { firstName = "A", lastName = "B", password = "correct horse battery" })).ProblemAsync());
        }
        answers.Distinct().ShouldBe(["404 not_found", "invalid_token"]);
        await team.JoinAsync(owner, replaced, await team.TokenAsync(replaced), Role.Editor);
    }

    [Fact]
    public async Task Invitations_take_the_plans_places_and_give_them_back()
    {
        using var small = new TeamFixture();
        var owner = await small.App.SignUpAsync();
        var addresses = Enumerable.Range(0, 10).Select(_ => TeamFixture.NewAddress()).ToList();
        var answers = await Task.WhenAll(addresses.Select(a => TeamFixture.InviteAsync(owner, a)));
        var said = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()));
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(9, "a trial has ten places and the owner has one: " + string.Join('\n', said));
        answers.Count(a => a.StatusCode == HttpStatusCode.PaymentRequired).ShouldBe(1);
        addresses = [.. addresses.Where((_, i) => answers[i].StatusCode == HttpStatusCode.Created)];
        var places = await (await owner.Client.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/places")).ReadAsync();
        (places.GetProperty("members").GetInt32(), places.GetProperty("invitations").GetInt32(), places.GetProperty("left").GetInt32()).ShouldBe((1, 9, 0));
        small.Clock.Step(TimeSpan.FromDays(8));
        var again = await SignInAsync(small, owner);
        (await (await again.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/places")).ReadAsync()).GetProperty("left").GetInt32().ShouldBe(9);
        var expired = await small.TokenAsync(addresses[0]);
        (await small.App.CreateClient().GetAsync($"/api/v1/invitations/{expired}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await again.PostAsJsonAsync($"/api/v1/organizations/{owner.OrganizationId}/invite", new { email = addresses[0], role = "editor" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_smaller_plan_since_the_invitation_is_respected_when_it_is_accepted()
    {
        using var small = new TeamFixture();
        var owner = await small.App.SignUpAsync();
        small.Clock.Step(TimeSpan.FromDays(12));
        var address = TeamFixture.NewAddress();
        var again = await SignInAsync(small, owner);
        (await again.PostAsJsonAsync($"/api/v1/organizations/{owner.OrganizationId}/invite", new { email = address, role = "editor" })).EnsureSuccessStatusCode();
        small.Clock.Step(TimeSpan.FromDays(3));
        var answer = await small.App.CreateClient().PostAsJsonAsync($"/api/v1/invitations/{await small.TokenAsync(address)}/register", new { firstName = "A", lastName = "B", password = "correct horse battery" });
        answer.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired, "the trial is over and the free plan has one place");
    }

    [Fact]
    public async Task Mails_a_day_are_limited_and_wrong_requests_are_refused()
    {
        using var app = new PlatformApp().With("Organizations:InvitationMailsPerDay", "2");
        var owner = await app.SignUpAsync();
        (await (await TeamFixture.InviteAsync(owner, "no address")).ProblemAsync()).ShouldBe("invalid_email");
        (await (await TeamFixture.InviteAsync(owner, TeamFixture.NewAddress(), note: new string('x', 501))).ProblemAsync()).ShouldBe("note_too_long");
        var address = TeamFixture.NewAddress();
        (await TeamFixture.InviteAsync(owner, address)).EnsureSuccessStatusCode();
        (await (await TeamFixture.InviteAsync(owner, address)).ProblemAsync()).ShouldBe("already_invited");
        (await (await TeamFixture.InviteAsync(owner, TeamFixture.NewAddress())).ProblemAsync()).ShouldBe("too_many_invitations");
    }

    [Fact]
    public async Task The_page_shows_a_form_to_strangers_and_dead_links_alike_to_all()
    {
        var owner = await team.App.SignUpAsync(organization: "Beacon & Co");
        var address = TeamFixture.NewAddress();
        (await TeamFixture.InviteAsync(owner, address, note: "<b>welcome</b>")).EnsureSuccessStatusCode();
        var client = team.App.CreateClient();
        var page = await client.GetAsync($"/invitations/{await team.TokenAsync(address)}");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("Beacon &amp; Co");
        html.ShouldContain(address);
        html.ShouldContain("&lt;b&gt;welcome");
        page.Headers.GetValues("Referrer-Policy").Single().ShouldBeOneOf("no-referrer", "same-origin");
        (await (await client.GetAsync($"/invitations/{new string('y', 43)}")).Content.ReadAsStringAsync()).ShouldContain("does not work any more");
    }

    private static async Task<HttpClient> SignInAsync(TeamFixture fixture, TestCustomer person)
    {
        var client = fixture.App.CreateClient();
        var body = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email = person.Email, password = person.Password })).ReadAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", body.GetProperty("accessToken").GetString());
        return client;
    }
}
