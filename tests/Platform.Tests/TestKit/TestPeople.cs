using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Tests.TestKit;

/// <summary>A customer who signed up: an HTTP client that carries their token, and the same person as a caller for actions.</summary>
/// <param name="Client">Sends as this customer.</param>
/// <param name="Caller">The owner of the organization.</param>
/// <param name="AccessToken">The token of <paramref name="Client"/>.</param>
/// <param name="RefreshToken">What gets the next one.</param>
/// <param name="Email">The address.</param>
/// <param name="Password">The password.</param>
public sealed record TestCustomer(HttpClient Client, Caller Caller, string AccessToken, string RefreshToken, string Email, string Password)
{
    /// <summary>The organization's id.</summary>
    public string OrganizationId => Caller.OrganizationId;

    /// <summary>The person's id.</summary>
    public string UserId => Caller.UserId!;
}

/// <summary>A staff account that is signed in.</summary>
/// <param name="Client">Sends as this account.</param>
/// <param name="Caller">The account.</param>
/// <param name="AccessToken">The token of <paramref name="Client"/>.</param>
public sealed record TestStaff(HttpClient Client, Caller Caller, string AccessToken)
{
    /// <summary>The first SuperAdmin of every test app.</summary>
    public const string AdminEmail = "admin@platform.test";

    /// <summary>The password of all staff accounts in tests.</summary>
    public const string Password = "plain-orchard-lantern-42";
}

/// <summary>People for tests, made over HTTP as real ones are.</summary>
public static class TestPeople
{
    /// <summary>Signs up a new customer with a new organization.</summary>
    public static async Task<TestCustomer> SignUpAsync(this PlatformApp app, string? email = null, string organization = "Lantern & Sons", string timeZone = "Europe/Berlin")
    {
        var (address, password) = (email ?? $"u{Ids.New()}@example.com", "correct horse battery");
        var client = app.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/register", new { email = address, password, firstName = "Ada", lastName = "Lovelace", organizationName = organization, timeZone });
        var body = await ReadAsync(answer);
        var token = body.GetProperty("accessToken").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var caller = new Caller
        {
            Kind = CallerKind.Person, UserId = body.GetProperty("user").GetProperty("id").GetString(), Name = "Ada Lovelace",
            Organization = new OrganizationId(body.GetProperty("organization").GetProperty("id").GetString()!), Role = Role.Owner,
        };
        return new TestCustomer(client, caller, token, body.GetProperty("refreshToken").GetString()!, address, password);
    }

    /// <summary>Signs in a staff account with this role; made by the first SuperAdmin where it is another role.</summary>
    public static async Task<TestStaff> StaffAsync(this PlatformApp app, StaffRole role = StaffRole.SuperAdmin)
    {
        if (role == StaffRole.SuperAdmin) { return await SignInStaffAsync(app, TestStaff.AdminEmail, role); }
        var admin = await SignInStaffAsync(app, TestStaff.AdminEmail, StaffRole.SuperAdmin);
        var email = $"staff-{Ids.New()}@platform.test";
        await ReadAsync(await admin.Client.PostAsJsonAsync("/api/v1/admin/staff", new { email, name = role.ToString(), role = JsonNamingPolicy.CamelCase.ConvertName(role.ToString()) }));
        // What the mailed link leads to, without the mail.
        var account = await app.Get<AccountStore>().ByEmailAsync(CallerKind.Staff, email, CancellationToken.None);
        await app.Get<AccountChanges>().SetPasswordAsync(account!, TestStaff.Password, Caller.Platform, exceptSession: "", CancellationToken.None);
        return await SignInStaffAsync(app, email, role);
    }

    /// <summary>The body of a good answer as JSON; fails with the body of a bad one.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The <c>code</c> of a problem document.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage answer)
    {
        answer.IsSuccessStatusCode.ShouldBeFalse();
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString()!;
    }

    private static async Task<TestStaff> SignInStaffAsync(PlatformApp app, string email, StaffRole role)
    {
        var client = app.CreateClient();
        var body = await ReadAsync(await client.PostAsJsonAsync("/api/v1/admin/auth/login", new { email, password = TestStaff.Password }));
        var token = body.GetProperty("accessToken").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new TestStaff(client, new Caller { Kind = CallerKind.Staff, UserId = body.GetProperty("user").GetProperty("id").GetString(), Name = email, StaffRole = role }, token);
    }
}
