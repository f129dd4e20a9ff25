using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Organizations;

/// <summary>Members over HTTP: roles, channels, removal, leaving, handing over.</summary>
public sealed class MemberEndpointTests(TeamFixture team) : IClassFixture<TeamFixture>
{
    [Fact]
    public async Task A_role_change_holds_at_once_for_the_members_tokens_and_is_on_record()
    {
        var owner = await team.App.SignUpAsync();
        var member = await team.JoinAsync(owner, Role.Editor);
        (await member.Client.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/invitations")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PutAsync(owner, member.UserId, "admin")).EnsureSuccessStatusCode();
        (await member.Client.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/invitations")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(owner, member.UserId, "viewer")).EnsureSuccessStatusCode();
        (await member.Client.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/invitations")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await MembersAsync(owner)).Single(m => m.GetProperty("userId").GetString() == member.UserId).GetProperty("role").GetString().ShouldBe("viewer");
    }

    [Fact]
    public async Task Admins_cannot_touch_owners_nor_make_them_and_nobody_raises_themself()
    {
        var owner = await team.App.SignUpAsync();
        var admin = await team.JoinAsync(owner, Role.Admin);
        (await (await PutAsync(admin, owner.UserId, "viewer")).ProblemAsync()).ShouldBe("owner_only");
        (await (await PutAsync(admin, admin.UserId, "owner")).ProblemAsync()).ShouldBe("own_role");
        (await (await admin.Client.DeleteAsync($"/api/v1/organizations/{owner.OrganizationId}/users/{owner.UserId}")).ProblemAsync()).ShouldBe("owner_only");
        (await (await TeamFixture.InviteAsync(admin, TeamFixture.NewAddress(), "owner")).ProblemAsync()).ShouldBe("owner_only");
        (await (await PutAsync(owner, owner.UserId, "admin")).ProblemAsync()).ShouldBe("last_owner");
        (await (await owner.Client.PostAsync($"/api/v1/organizations/{owner.OrganizationId}/leave", null)).ProblemAsync()).ShouldBe("last_owner");
        var editor = await team.JoinAsync(owner, Role.Editor);
        (await PutAsync(editor, editor.UserId, "admin")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Two_owners_who_step_down_together_leave_one_owner()
    {
        var first = await team.App.SignUpAsync();
        var second = await team.JoinAsync(first, Role.Owner);
        var answers = await Task.WhenAll(PutAsync(first, first.UserId, "admin"), PutAsync(second, second.UserId, "admin"));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        (await MembersAsync(first)).Count(m => m.GetProperty("role").GetString() == "owner").ShouldBe(1);
    }

    [Fact]
    public async Task A_removed_member_loses_the_organization_at_once_and_keeps_the_account()
    {
        var owner = await team.App.SignUpAsync();
        var member = await team.JoinAsync(owner);
        (await member.Client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.Client.DeleteAsync($"/api/v1/organizations/{owner.OrganizationId}/users/{member.UserId}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await member.Client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await member.Client.GetAsync("/api/v1/auth/me")).ReadAsync()).TryGetProperty("organization", out var organization).ShouldBeTrue();
        organization.ValueKind.ShouldBe(JsonValueKind.Null);
        (await owner.Client.DeleteAsync($"/api/v1/organizations/{owner.OrganizationId}/users/{member.UserId}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_member_leaves()
    {
        var owner = await team.App.SignUpAsync();
        var member = await team.JoinAsync(owner);
        (await member.Client.PostAsync($"/api/v1/organizations/{owner.OrganizationId}/leave", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await member.Client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await MembersAsync(owner)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_ownership_changes_hands_with_the_name_and_the_password_only()
    {
        var owner = await team.App.SignUpAsync(organization: "Relay House");
        var member = await team.JoinAsync(owner);
        var path = $"/api/v1/organizations/{owner.OrganizationId}/transfer";
        (await (await owner.Client.PostAsJsonAsync(path, new { userId = member.UserId, name = "Relay", password = owner.Password })).ProblemAsync()).ShouldBe("name_mismatch");
        (await (await owner.Client.PostAsJsonAsync(path, new { userId = member.UserId, name = "Relay House", password = "not this one at all" })).ProblemAsync()).ShouldBe("wrong_password");
        (await (await owner.Client.PostAsJsonAsync(path, new { userId = member.UserId, name = "Relay House" })).ProblemAsync()).ShouldBe("password_missing");
        (await member.Client.PostAsJsonAsync(path, new { userId = member.UserId, name = "Relay House", password = member.Password })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.Client.PostAsJsonAsync(path, new { userId = member.UserId, name = "relay house", password = owner.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var members = await MembersAsync(member);
        members.Single(m => m.GetProperty("userId").GetString() == member.UserId).GetProperty("role").GetString().ShouldBe("owner");
        members.Single(m => m.GetProperty("userId").GetString() == owner.UserId).GetProperty("role").GetString().ShouldBe("admin");
    }

    [Fact]
    public async Task A_member_is_limited_to_channels_that_are_there_and_only_where_the_role_can_be()
    {
        var owner = await team.App.SignUpAsync();
        var member = await team.JoinAsync(owner);
        (await (await PutAsync(owner, member.UserId, "editor", ["0123456789abcdef0123456789abcdef"])).ProblemAsync()).ShouldBe("unknown_channel");
        (await (await PutAsync(owner, member.UserId, "editor", [])).ProblemAsync()).ShouldBe("channels_missing");
        (await (await PutAsync(owner, member.UserId, "admin", ["0123456789abcdef0123456789abcdef"])).ProblemAsync()).ShouldBe("role_not_limited");
        var channel = await ConnectAsync(owner);
        (await PutAsync(owner, member.UserId, "editor", [channel])).EnsureSuccessStatusCode();
        (await MembersAsync(owner)).Single(m => m.GetProperty("userId").GetString() == member.UserId).GetProperty("channels").EnumerateArray().Single().GetString().ShouldBe(channel);
    }

    [Fact]
    public async Task Another_organizations_members_are_not_there()
    {
        var (owner, stranger) = (await team.App.SignUpAsync(), await team.App.SignUpAsync());
        (await stranger.Client.GetAsync($"/api/v1/organizations/{owner.OrganizationId}/users")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Client.PutAsJsonAsync($"/api/v1/organizations/{owner.OrganizationId}/users/{owner.UserId}", new { role = "viewer" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PutAsync(stranger, owner.UserId, "viewer")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.Client.PostAsync($"/api/v1/organizations/{owner.OrganizationId}/leave", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> PutAsync(TestCustomer actor, string userId, string role, string[]? channels = null) =>
        actor.Client.PutAsJsonAsync($"/api/v1/organizations/{actor.OrganizationId}/users/{userId}", new { role, channels });

    private static async Task<List<JsonElement>> MembersAsync(TestCustomer actor) =>
        [.. (await (await actor.Client.GetAsync($"/api/v1/organizations/{actor.OrganizationId}/users")).ReadAsync()).GetProperty("items").EnumerateArray()];

    private static async Task<string> ConnectAsync(TestCustomer owner)
    {
        var body = await (await owner.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync();
        return body.GetProperty("id").GetString()!;
    }
}
