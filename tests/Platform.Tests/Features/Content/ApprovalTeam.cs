using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Content;

/// <summary>A member of a test organization, signed in.</summary>
internal sealed record TestMember(HttpClient Client, Caller Caller, string Email, string AccessToken)
{
    public string Id => Caller.UserId!;
}

/// <summary>An organization with people in several roles and its rules of approval.</summary>
internal sealed class ApprovalTeam(PlatformApp app, TestCustomer owner, string[] channels)
{
    public TestCustomer Owner => owner;
    public string[] Channels => channels;

    public static async Task<ApprovalTeam> StartAsync(ContentFixture fixture, int channels = 1)
    {
        var (owner, ids) = await fixture.StartAsync(channels);
        return new(fixture.App, owner, ids);
    }

    public async Task<TestMember> MemberAsync(Role role, string? name = null)
    {
        var (batch, email) = (new WriteBatch(), $"{role}-{Ids.New()}@example.com");
        var id = app.Get<IAccountImport>().Stage(batch, new(email, "correct horse battery", name ?? role.ToString(), "Member"));
        app.Get<IMembershipImport>().Stage(batch, owner.OrganizationId, id, role);
        (await app.Get<IDocumentStore>().CommitAsync(batch, default)).ShouldBeTrue();
        var client = app.CreateClient();
        var body = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "correct horse battery" })).ReadAsync();
        var token = body.GetProperty("accessToken").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(client, new() { Kind = CallerKind.Person, UserId = id, Name = $"{name ?? role.ToString()} Member", Organization = new OrganizationId(owner.OrganizationId), Role = role }, email, token);
    }

    public static object Stage(string name, string[]? roles = null, string[]? members = null, int approvals = 1) => new { name, roles = roles ?? [], members = members ?? [], approvals };

    public async Task PolicyAsync(object[] stages, bool noSelfApproval = true, bool editsReset = true, bool expiresLate = true) =>
        await (await owner.Client.PutAsJsonAsync("/api/v1/settings/approval", new { stages, noSelfApproval, editsReset, expiresLate })).ReadAsync();

    public async Task<string> DraftAsync(HttpClient client, string text, string[]? on = null) =>
        ContentFixture.Id(await (await client.PostAsJsonAsync(ContentFixture.Root, new { text, channelIds = on ?? channels })).ReadAsync());

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string id, string verb, object body) => client.PostAsJsonAsync($"{ContentFixture.Root}/{id}/{verb}", body);

    public static Task<HttpResponseMessage> SubmitAsync(HttpClient client, string id, DateTimeOffset? at = null) => PostAsync(client, id, "submit", new { scheduledAt = at?.ToString("O") });

    public Task<JsonElement> PostOfAsync(string id) => ContentFixture.GetAsync(owner, id);

    public async Task<string> StateAsync(string id) => ContentFixture.Text(await PostOfAsync(id), "state");
}
