using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Platform.Features.Notifications.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Organizations;

/// <summary>An app and the ways of a team in it: invite, read the mail, join.</summary>
public sealed partial class TeamFixture : IDisposable
{
    /// <summary>The app's clock.</summary>
    public FakeClock Clock { get; } = new();

    /// <summary>The app.</summary>
    public PlatformApp App { get; }

    public TeamFixture() => App = new PlatformApp().With(Clock);

    public void Dispose() => App.Dispose();

    /// <summary>An address that nobody has.</summary>
    public static string NewAddress(string domain = "example.com") => $"m{Ids.New()}@{domain}";

    /// <summary>Invites an address over HTTP.</summary>
    public static Task<HttpResponseMessage> InviteAsync(TestCustomer owner, string email, string role = "editor", string[]? channels = null, string? note = null) =>
        owner.Client.PostAsJsonAsync($"/api/v1/organizations/{owner.OrganizationId}/invite", new { email, role, channels, note });

    /// <summary>The token in the newest invitation mail to an address.</summary>
    public async Task<string> TokenAsync(string email)
    {
        var mails = (await App.Get<ListMailbox>().RunAsync(Caller.Anonymous, 100, null, default)).Unwrap().Items;
        return Link(mails.Where(m => m.To == email && Link(m) is not null).OrderByDescending(m => m.Id, StringComparer.Ordinal).First())!;
    }

    /// <summary>Invites a new person and joins as them.</summary>
    public async Task<TestCustomer> JoinAsync(TestCustomer owner, Role role = Role.Editor, string[]? channels = null, string? email = null)
    {
        var address = email ?? NewAddress();
        await (await InviteAsync(owner, address, Camel(role), channels)).ReadAsync();
        return await JoinAsync(owner, address, await TokenAsync(address), role);
    }

    /// <summary>Accepts with a new account.</summary>
    public async Task<TestCustomer> JoinAsync(TestCustomer owner, string address, string token, Role role)
    {
        const string Password = "correct horse battery";
        var client = App.CreateClient();
        var body = await (await client.PostAsJsonAsync($"/api/v1/invitations/{token}/register", new { firstName = "Grace", lastName = "Hopper", password = Password })).ReadAsync();
        var access = body.GetProperty("accessToken").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access);
        var caller = new Caller { Kind = CallerKind.Person, UserId = body.GetProperty("user").GetProperty("id").GetString(), Name = "Grace Hopper", Organization = new OrganizationId(owner.OrganizationId), Role = role };
        return new TestCustomer(client, caller, access, body.GetProperty("refreshToken").GetString()!, address, Password);
    }

    /// <summary>A role as it is on the wire.</summary>
    public static string Camel(Role role) => role.ToString().ToLowerInvariant();

    private static string? Link(MailboxMail mail) => mail.ActionUrl is { } url && Token().Match(url) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("/invitations/([A-Za-z0-9_-]{43})$")]
    private static partial Regex Token();
}
