using System.Net;
using System.Net.Http.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Demo;

/// <summary>The demo by the button of an empty installation.</summary>
public sealed class FillDemoButtonTests
{
    private const string Demo = "/api/v1/admin/demo";

    [Fact]
    public async Task An_empty_installation_is_filled_once_and_its_password_is_said_once()
    {
        await using var app = new PlatformApp();
        var staff = await app.StaffAsync();
        (await StateAsync(staff)).ShouldBe("offered");
        var begun = await (await staff.Client.PostAsync(Demo, null)).ReadAsync();
        var password = begun.GetProperty("password").GetString();
        var email = begun.GetProperty("email").GetString();
        var again = await (await staff.Client.PostAsync(Demo, null)).ReadAsync();
        (again.TryGetProperty("password", out var second) ? second.GetString() : null).ShouldBeNull();
        await Eventually.TrueAsync(async () => await StateAsync(staff) == "made", "the demo is filled", 120);
        using var client = app.CreateClient();
        var session = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password })).ReadAsync();
        session.GetProperty("organization").GetProperty("name").GetString().ShouldBe("Northwind Coffee");
        (await staff.Client.PostAsync(Demo, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await staff.Client.GetAsync("/api/v1/admin/organizations")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Where_there_are_customers_it_is_not_offered_and_only_a_super_admin_may()
    {
        await using var app = new PlatformApp();
        (await (await app.StaffAsync(StaffRole.Admin)).Client.PostAsync(Demo, null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var customer = await app.SignUpAsync();
        (await customer.Client.PostAsync(Demo, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var staff = await app.StaffAsync();
        (await StateAsync(staff)).ShouldBe("notOffered");
        (await (await staff.Client.PostAsync(Demo, null)).ProblemAsync()).ShouldBe("demo_not_offered");
    }

    private static async Task<string?> StateAsync(TestStaff staff) => (await (await staff.Client.GetAsync(Demo)).ReadAsync()).GetProperty("state").GetString();
}
