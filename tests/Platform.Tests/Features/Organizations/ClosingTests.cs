using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.Features.Media;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Organizations;

/// <summary>Closing an organization: nobody acts in it, an owner can bring it back, and then everything of it goes.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task Closing_asks_for_name_and_password_and_locks_everybody_out_until_an_owner_brings_it_back()
    {
        using var team = new TeamFixture();
        var owner = await team.App.SignUpAsync(organization: "Short Lived");
        var member = await team.JoinAsync(owner, Role.Admin);
        var root = $"/api/v1/organizations/{owner.OrganizationId}";
        (await (await owner.Client.PostAsJsonAsync($"{root}/close", new { name = "Short", password = owner.Password })).ProblemAsync()).ShouldBe("name_mismatch");
        (await (await owner.Client.PostAsJsonAsync($"{root}/close", new { name = "Short Lived", password = "wrong wrong wrong" })).ProblemAsync()).ShouldBe("wrong_password");
        (await member.Client.PostAsJsonAsync($"{root}/close", new { name = "Short Lived", password = member.Password })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await owner.Client.PostAsJsonAsync($"{root}/close", new { name = "Short Lived", password = owner.Password })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await (await owner.Client.GetAsync("/api/v1/content")).ProblemAsync()).ShouldBe("organization_closing");
        (await (await member.Client.GetAsync("/api/v1/content")).ProblemAsync()).ShouldBe("organization_closing");
        (await team.App.Get<IOrganizations>().GetAsync(owner.OrganizationId, default))!.Suspended.ShouldBeTrue("nothing of it is published");
        (await member.Client.PostAsync($"{root}/restore", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await team.App.SignUpAsync()).Client.PostAsync($"{root}/restore", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await owner.Client.PostAsync($"{root}/restore", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.Client.GetAsync("/api/v1/content")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await owner.Client.PostAsync($"{root}/restore", null)).ProblemAsync()).ShouldBe("state_unchanged");
    }

    [Fact]
    public async Task After_the_days_of_grace_every_record_and_file_of_it_is_gone_and_nobody_elses()
    {
        using var team = new TeamFixture();
        var (owner, other) = (await team.App.SignUpAsync(organization: "Going"), await team.App.SignUpAsync(organization: "Staying"));
        foreach (var customer in new[] { owner, other }) { await FillAsync(team, customer); }
        (await owner.Client.PostAsJsonAsync($"/api/v1/organizations/{owner.OrganizationId}/close", new { name = "Going", password = owner.Password })).EnsureSuccessStatusCode();
        var delete = team.App.Get<DeleteClosedOrganizations>();
        (await delete.RunAsync(default)).ShouldBe(0, "the days of grace run");
        var kept = await CountsAsync(team, other.OrganizationId);
        (await CountsAsync(team, owner.OrganizationId)).Values.Sum().ShouldBeGreaterThan(6);
        team.Clock.Step(TimeSpan.FromDays(14.1));
        // The app's own daily job may be at it already: whoever does it, it is done.
        await delete.RunAsync(default);
        await Eventually.TrueAsync(async () => (await CountsAsync(team, owner.OrganizationId)).Values.Sum() == 0, "nothing is left of it");
        // Its own jobs go on meanwhile and may add numbers and events; nothing of it may go.
        (await CountsAsync(team, other.OrganizationId)).Where(c => c.Value < kept[c.Key]).ShouldBeEmpty();
        Directory.Exists(Path.Combine(team.App.DataDirectory, "media", owner.OrganizationId)).ShouldBeFalse();
        Directory.Exists(Path.Combine(team.App.DataDirectory, "media", other.OrganizationId)).ShouldBeTrue();
        (await team.App.Get<IOrganizations>().GetAsync(owner.OrganizationId, default)).ShouldBeNull();
        (await delete.RunAsync(default)).ShouldBe(0, "a second run finds nothing");
    }

    [Fact]
    public void Every_collection_of_organization_owned_records_is_emptied()
    {
        using var app = new PlatformApp();
        var owned = app.Services.GetServices<ICollection>().Where(c => typeof(IOrganizationOwned).IsAssignableFrom(c.Type)).Select(c => c.Name).Order().ToList();
        owned.Count.ShouldBeGreaterThan(10);
        app.Services.GetServices<IOrganizationRecords>().Select(r => r.Collection).Order().ShouldBe(owned);
    }

    private static async Task FillAsync(TeamFixture team, TestCustomer customer)
    {
        await team.JoinAsync(customer);
        (await TeamFixture.InviteAsync(customer, TeamFixture.NewAddress())).EnsureSuccessStatusCode();
        var channel = (await (await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync()).GetProperty("id").GetString();
        var post = (await (await customer.Client.PostAsJsonAsync("/api/v1/content", new { text = "Hello", channelIds = new[] { channel } })).ReadAsync()).GetProperty("id").GetString();
        await (await customer.Client.PostAsJsonAsync($"/api/v1/content/{post}/schedule", new { scheduledAt = "2026-11-30T09:00:00", timeZone = "Europe/Berlin" })).ReadAsync();
        (await customer.Client.PutAsJsonAsync($"/api/v1/organizations/{customer.OrganizationId}/brand", new { voice = "x" })).EnsureSuccessStatusCode();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png()), "file", "a.png" } };
        await (await customer.Client.PostAsync("/api/v1/media", form)).ReadAsync();
        await team.App.Get<INotices>().RaiseAsync(Caller.System(customer.OrganizationId), new Notice("test", "Title", "Message", "/", "one"), default);
    }

    private static async Task<Dictionary<string, long>> CountsAsync(TeamFixture team, string organization)
    {
        var counts = new Dictionary<string, long>();
        foreach (var records in team.App.Services.GetServices<IOrganizationRecords>()) { counts[records.Collection] = await records.CountAsync(Caller.System(organization), default); }
        return counts;
    }
}
