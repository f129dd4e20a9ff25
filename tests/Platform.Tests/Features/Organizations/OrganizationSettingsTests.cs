using System.Net;
using System.Net.Http.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Organizations;

/// <summary>Settings: profile, link tags, rules for members, brand.</summary>
public sealed class OrganizationSettingsTests(TeamFixture team) : IClassFixture<TeamFixture>
{
    [Fact]
    public async Task Profile_and_link_tags_are_kept_with_their_version()
    {
        var owner = await team.App.SignUpAsync();
        var root = $"/api/v1/organizations/{owner.OrganizationId}";
        var answer = await owner.Client.PutAsJsonAsync($"{root}/profile", new { industry = "Lamps", size = "2-10", website = "https://lantern.example", goals = new[] { "Reach", "reach", "Trust" } });
        var tag = answer.Headers.ETag!.Tag;
        (await answer.ReadAsync()).GetProperty("business").GetProperty("goals").GetArrayLength().ShouldBe(2);
        (await SendAsync(owner, $"{root}/link-defaults", new { source = "{network}", medium = "social", campaign = "{date}" }, tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(owner, $"{root}/link-defaults", new { source = "x" }, tag)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await (await owner.Client.PutAsJsonAsync($"{root}/link-defaults", new { source = "{who}" })).ProblemAsync()).ShouldBe("invalid_utm");
        (await (await owner.Client.PutAsJsonAsync($"{root}/profile", new { website = "javascript:alert(1)" })).ProblemAsync()).ShouldBe("invalid_website");
        (await (await owner.Client.PutAsJsonAsync($"{root}/profile", new { size = "huge" })).ProblemAsync()).ShouldBe("unknown_size");
        var stored = await (await owner.Client.GetAsync($"{root}/profile")).ReadAsync();
        stored.GetProperty("utm").GetProperty("source").GetString().ShouldBe("{network}");
        var editor = await team.JoinAsync(owner);
        (await editor.Client.PutAsJsonAsync($"{root}/profile", new { industry = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Only_an_owner_with_two_factors_demands_them()
    {
        var owner = await team.App.SignUpAsync();
        var admin = await team.JoinAsync(owner, Role.Admin);
        var path = $"/api/v1/organizations/{owner.OrganizationId}/security";
        (await (await admin.Client.PutAsJsonAsync(path, new { requiresTwoFactor = true, allowedDomains = Array.Empty<string>() })).ProblemAsync()).ShouldBe("owner_only");
        (await (await owner.Client.PutAsJsonAsync(path, new { requiresTwoFactor = true, allowedDomains = Array.Empty<string>() })).ProblemAsync()).ShouldBe("own_two_factor_missing");
        (await (await owner.Client.GetAsync(path)).ReadAsync()).GetProperty("withoutTwoFactor").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_demand_for_two_factors_leads_members_without_to_add_one()
    {
        var owner = await team.App.SignUpAsync();
        var member = await team.JoinAsync(owner);
        var factor = await TestTwoFactor.OnAsync(team.App, owner.UserId);
        (await owner.Client.PutAsJsonAsync($"/api/v1/organizations/{owner.OrganizationId}/security", new { requiresTwoFactor = true, allowedDomains = Array.Empty<string>() })).EnsureSuccessStatusCode();
        (await (await member.Client.GetAsync("/api/v1/content")).ProblemAsync()).ShouldBe("two_factor_required");
        (await (await owner.Client.GetAsync("/api/v1/content")).ProblemAsync()).ShouldBe("two_factor_required", "this session was begun with a password alone");
        var client = team.App.CreateClient();
        var due = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email = owner.Email, password = owner.Password })).ReadAsync();
        var grant = await (await client.PostAsJsonAsync("/api/v1/auth/login/verify", new { challenge = due.GetProperty("challenge").GetString(), code = factor.CodeAt(team.Clock.GetUtcNow()) })).ReadAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", grant.GetProperty("accessToken").GetString());
        (await client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Mail_domains_hold_for_new_members_but_not_for_clients()
    {
        var owner = await team.App.SignUpAsync();
        var waiting = TeamFixture.NewAddress("elsewhere.test");
        (await TeamFixture.InviteAsync(owner, waiting)).EnsureSuccessStatusCode();
        var path = $"/api/v1/organizations/{owner.OrganizationId}/security";
        var set = await (await owner.Client.PutAsJsonAsync(path, new { requiresTwoFactor = false, allowedDomains = new[] { "@Lantern.Example" } })).ReadAsync();
        set.GetProperty("allowedDomains")[0].GetString().ShouldBe("lantern.example");
        set.GetProperty("outsideDomains").GetArrayLength().ShouldBe(1, "the owner's own address is of another domain, and stays");
        (await (await TeamFixture.InviteAsync(owner, TeamFixture.NewAddress("elsewhere.test"))).ProblemAsync()).ShouldBe("domain_not_allowed");
        (await TeamFixture.InviteAsync(owner, TeamFixture.NewAddress("elsewhere.test"), "client")).EnsureSuccessStatusCode();
        (await TeamFixture.InviteAsync(owner, TeamFixture.NewAddress("lantern.example"))).EnsureSuccessStatusCode();
        var late = await team.App.CreateClient().PostAsJsonAsync($"/api/v1/invitations/{await team.TokenAsync(waiting)}/register", new { firstName = "A", lastName = "B", password = "correct horse battery" });
        (await late.ProblemAsync()).ShouldBe("domain_not_allowed", "the rule holds also for who was invited before it");
    }

    [Fact]
    public async Task A_brand_is_kept_with_its_version_and_its_rules()
    {
        var owner = await team.App.SignUpAsync(organization: "Lantern Brand");
        var path = $"/api/v1/organizations/{owner.OrganizationId}/brand";
        var empty = await owner.Client.GetAsync(path);
        (await empty.ReadAsync()).GetProperty("name").GetString().ShouldBe("Lantern Brand");
        empty.Headers.ETag!.Tag.ShouldBe("\"0\"");
        var set = await SendAsync(owner, path, new { voice = " Dry and warm ", tone = new[] { "dry", "warm" }, colors = new[] { "#1D4ED8" }, languages = new[] { "en", "de-CH" }, forbiddenWords = new[] { "cheap", "Cheap" } }, "\"0\"");
        var body = await set.ReadAsync();
        (body.GetProperty("voice").GetString(), body.GetProperty("colors")[0].GetString(), body.GetProperty("forbiddenWords").GetArrayLength()).ShouldBe(("Dry and warm", "#1d4ed8", 1));
        (await SendAsync(owner, path, new { voice = "Other" }, "\"0\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await (await owner.Client.PutAsJsonAsync(path, new { colors = new[] { "red" } })).ProblemAsync()).ShouldBe("invalid_color");
        (await (await owner.Client.PutAsJsonAsync(path, new { languages = new[] { "not a tag" } })).ProblemAsync()).ShouldBe("invalid_language");
        (await (await owner.Client.PutAsJsonAsync(path, new { voice = new string('x', 1001) })).ProblemAsync()).ShouldBe("too_long");
        var stranger = await team.App.SignUpAsync();
        (await stranger.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> SendAsync(TestCustomer customer, string path, object body, string tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return customer.Client.SendAsync(request);
    }
}
