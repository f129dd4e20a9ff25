using System.Net;
using System.Net.Http.Json;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Where staff may come from.</summary>
public sealed class StaffNetworkTests
{
    private const string Office = "203.0.113.7", Elsewhere = "198.51.100.9", Url = "/api/v1/admin/security/networks";

    [Fact]
    public async Task Staff_from_outside_the_list_do_nothing_and_customers_notice_nothing()
    {
        using var app = new PlatformApp().WithAddresses();
        var (staff, customer) = (await app.StaffAsync(), await app.SignUpAsync());
        (await SetAsync(staff.Client.From(Office), "203.0.113.0/24", "2001:db8::/32")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await staff.Client.From("::ffff:203.0.113.8").GetAsync(Url)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await staff.Client.From("2001:db8::7").GetAsync(Url)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await staff.Client.From(Elsewhere).GetAsync(Url);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.ProblemAsync()).ShouldBe("address_not_allowed");
        // Not even what any staff account may do.
        (await staff.Client.From(Elsewhere).GetAsync("/api/v1/admin/auth/me")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await customer.Client.From(Elsewhere).GetAsync("/api/v1/auth/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_locks_themselves_out()
    {
        using var app = new PlatformApp().WithAddresses();
        var staff = await app.StaffAsync();
        var refused = await SetAsync(staff.Client.From(Elsewhere), "203.0.113.0/24");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.ProblemAsync()).ShouldBe("would_lock_you_out");
        (await staff.Client.From(Elsewhere).GetAsync(Url)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_setting_counts_beside_the_list_and_cannot_be_edited_away()
    {
        using var app = new PlatformApp().WithAddresses().With("Staff:AllowedNetworks:0", "203.0.113.0/24");
        var client = app.CreateClient().From(Office);
        var body = await (await client.PostAsJsonAsync("/api/v1/admin/auth/login", new { email = TestStaff.AdminEmail, password = TestStaff.Password })).ReadAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", body.GetProperty("accessToken").GetString());
        (await client.From(Elsewhere).GetAsync(Url)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SetAsync(client.From(Office), "198.51.100.0/24")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.From(Elsewhere).GetAsync(Url)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SetAsync(client.From(Office))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.From(Elsewhere).GetAsync(Url)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("office")]
    [InlineData("10.0.0.0/33")]
    public async Task A_wrong_block_is_named(string range)
    {
        using var app = new PlatformApp().WithAddresses();
        (await (await SetAsync((await app.StaffAsync()).Client.From(Office), range)).ProblemAsync()).ShouldBe("invalid_network");
    }

    [Fact]
    public async Task A_change_is_recorded_with_before_and_after_and_needs_the_right()
    {
        using var app = new PlatformApp().WithAddresses();
        var (staff, support) = (await app.StaffAsync(), await app.StaffAsync(StaffRole.Support));
        (await SetAsync(support.Client.From(Office), "203.0.113.0/24")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SetAsync(staff.Client.From(Office), "203.0.113.0/24")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var log = await (await staff.Client.GetAsync("/api/v1/admin/audit-logs?action=staff.networks_changed")).ReadAsync();
        log.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    private static Task<HttpResponseMessage> SetAsync(HttpClient client, params string[] ranges) =>
        client.PutAsJsonAsync(Url, new { networks = ranges.Select(range => new { range, note = "office" }) });
}
