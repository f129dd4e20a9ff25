using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Organizations.Contracts;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S3: who acts in no organization, in a blank one or in two at once gets an error, never a default.</summary>
[Collection(SecurityCollection.Name)]
public sealed class TenantContextTests(SecurityWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task S3_a_person_without_an_organization_reaches_nothing_of_one()
    {
        var checks = new Checks("S3", output);
        var lonely = await LonelyAsync();
        var everyone = new ForeignBytes(world.Rows.Read().Where(r => r.Organization is not null), [new StoredRow("", "", 1, null, """{"name":"Ada Lovelace"}""")]);
        foreach (var route in Families.CrossTenant(world.Routes))
        {
            foreach (var id in (string[])[world.OwnIds["postId"], world.OwnIds["channelId"], world.OwnIds["publicationId"]])
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill([.. route.Places.Select(_ => id)])) { Content = world.ContentFor(route) };
                // An answer may say again what was said: a new organization is called what the request calls it.
                string[] said = request.Content is JsonContent json ? [id, .. StoredRows.Texts(await json.ReadAsStringAsync()).Where(t => t.Length >= ForeignBytes.Shortest)] : [id];
                using var answer = await lonely.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var tenants = route.Policies.Any(p => p is not (Platform.Api.Policies.SignedIn or Platform.Api.Policies.InPerson));
                checks.That((int)answer.StatusCode < 500, () => $"{route.Key}: {(int)answer.StatusCode} {text}");
                checks.That(!tenants || answer.StatusCode == HttpStatusCode.Forbidden, () => $"{route.Key}: {(int)answer.StatusCode} for a person in no organization, not 403");
                checks.That(everyone.In(text, said) is null, () => $"{route.Key}: shows '{everyone.In(text, said)}' to a person in no organization");
                if (answer.StatusCode == HttpStatusCode.Unauthorized || (route.Writes && (int)answer.StatusCode < 400)) { lonely = await LonelyAsync(); }
                if (route.Places.Count == 0) { break; }
            }
        }
        checks.Report(nameof(S3_a_person_without_an_organization_reaches_nothing_of_one));
    }

    [Fact]
    public async Task S3_two_organizations_at_once_are_refused_or_ignored()
    {
        var checks = new Checks("S3", output);
        var owner = await world.ClientAsync("Owner");
        string[] said = [.. world.Written, world.Victim.OrganizationId];
        foreach (var route in Families.CrossTenant(world.Routes).Where(r => r is { Method: "GET", IsApi: true, Places.Count: 0 }))
        {
            var plain = await ReadAsync(await owner.GetAsync(route.Path));
            foreach (var query in (string[])[$"organizationId=&organizationId={world.Victim.OrganizationId}", $"organizationId={world.House.OrganizationId}&organizationId={world.Victim.OrganizationId}", "organizationId=%20", "organizationId=null"])
            {
                var twice = await ReadAsync(await owner.GetAsync($"{route.Path}?{query}"));
                checks.That(twice.Status == 400 || twice == plain || (twice.Status == plain.Status && route.Path.EndsWith("/export", StringComparison.Ordinal)), () => $"{route.Key}?{query}: {twice.Status} {twice.Text[..Math.Min(200, twice.Text.Length)]}, and without it {plain.Status}");
                checks.That(world.Foreign.In(twice.Text, said) is null, () => $"{route.Key}?{query}: leaks '{world.Foreign.In(twice.Text, said)}'");
            }
        }
        checks.Report(nameof(S3_two_organizations_at_once_are_refused_or_ignored));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("%")]
    [InlineData("../")]
    public async Task S3_a_session_never_moves_to_an_organization_that_is_none(string organizationId)
    {
        var person = await world.App.SignUpAsync();
        var answer = await world.App.CreateClient().PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = person.RefreshToken, organizationId });
        (await answer.ReadAsync()).GetProperty("organization").GetProperty("id").GetString().ShouldBe(person.OrganizationId);
    }

    [Fact]
    public async Task S3_the_store_has_no_default_organization()
    {
        var store = world.App.Get<IDocumentStore>();
        var nowhere = new Caller { Kind = CallerKind.Person, UserId = "u", Role = Role.Owner };
        await Should.ThrowAsync<Exception>(async () => await store.For<Platform.Features.Content.Store.Post>(nowhere).CountAsync(p => p.Id != "", default));
        Should.Throw<Exception>(() => store.ForPlatform<Platform.Features.Content.Store.Post>(world.House.Caller));
        Should.Throw<Exception>(() => new OrganizationId(" "));
    }

    private static async Task<(int Status, string Text)> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? text : "");
    }

    // A person whose only membership is gone.
    private async Task<HttpClient> LonelyAsync()
    {
        var person = await world.App.SignUpAsync();
        var places = world.App.Get<IDocumentStore>().ForPlatform<Platform.Features.Organizations.Store.Membership>(Caller.Platform);
        var mine = (await places.FirstAsync(m => m.UserId == person.UserId, null, default))!;
        await places.DeleteAsync(mine.Id, default);
        world.App.Get<Platform.Features.Accounts.Actions.SessionCache>().Drop(person.UserId);
        return world.Bearer(person.AccessToken);
    }
}
