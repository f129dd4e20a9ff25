using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

public sealed class AuthFlowTests(AuthFlowTests.Fixture fixture) : IClassFixture<AuthFlowTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task A_person_registers_with_an_organization_and_is_signed_in()
    {
        var client = _app.CreateClient();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/register", new { email = "Grace@Example.com", password = "correct horse battery", firstName = "Grace", lastName = "Hopper", organizationName = "Compilers" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location.ShouldNotBeNull();
        var body = await answer.ReadAsync();
        body.GetProperty("expiresIn").GetInt32().ShouldBe(900);
        body.GetProperty("user").GetProperty("email").GetString().ShouldBe("Grace@Example.com");
        body.GetProperty("organization").GetProperty("name").GetString().ShouldBe("Compilers");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.GetProperty("accessToken").GetString());
        var me = await (await client.GetAsync("/api/v1/auth/me")).ReadAsync();
        me.GetProperty("organization").GetProperty("role").GetString().ShouldBe("owner");
        me.GetProperty("organization").GetProperty("plan").GetString().ShouldBe("professional");
        me.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ShouldContain("billingManage");
    }

    [Fact]
    public async Task Staff_sign_in_with_their_own_tokens()
    {
        var staff = await _app.StaffAsync(StaffRole.Support);
        var me = await (await staff.Client.GetAsync("/api/v1/admin/auth/me")).ReadAsync();
        me.GetProperty("staffRole").GetString().ShouldBe("support");
        (await staff.Client.GetAsync("/api/v1/admin/staff")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    public sealed class Fixture : IDisposable
    {
        public PlatformApp App { get; } = new();
        public void Dispose() => App.Dispose();
    }
}
