using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Operations;

public sealed class JobsEndpointTests(JobsEndpointTests.Fixture fixture) : IClassFixture<JobsEndpointTests.Fixture>
{
    public sealed class Fixture : IAsyncDisposable
    {
        public PlatformApp App { get; } = new();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Fact]
    public async Task Staff_see_queues_servers_and_lists_as_they_are()
    {
        var staff = await fixture.App.StaffAsync(StaffRole.Technical);
        var servers = await staff.Client.GetFromJsonAsync<JsonElement>("/api/v1/admin/jobs/servers");
        servers.EnumerateArray().ShouldHaveSingleItem().GetProperty("processId").GetInt32().ShouldBe(Environment.ProcessId);
        var queues = await staff.Client.GetFromJsonAsync<JsonElement>("/api/v1/admin/jobs/queues");
        queues.EnumerateArray().Select(q => q.GetProperty("queue").GetString()).ShouldContain("mail");
        var list = await staff.Client.GetFromJsonAsync<JsonElement>("/api/v1/admin/jobs?list=dead&limit=5");
        list.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await staff.Client.GetFromJsonAsync<JsonElement>("/api/v1/admin/jobs/recurring")).ValueKind.ShouldBe(JsonValueKind.Array);
    }

    [Fact]
    public async Task What_is_not_there_is_404_and_a_foreign_cursor_is_400()
    {
        var staff = await fixture.App.StaffAsync(StaffRole.Technical);
        (await staff.Client.GetAsync($"/api/v1/admin/jobs/{Ids.New()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await staff.Client.PostAsync($"/api/v1/admin/jobs/{Ids.New()}/requeue", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await staff.Client.PostAsync("/api/v1/admin/jobs/recurring/no-such-job/run", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await staff.Client.GetAsync("/api/v1/admin/jobs?list=17")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await staff.Client.GetAsync("/api/v1/admin/jobs?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nobody_else_gets_in()
    {
        using var anonymous = fixture.App.CreateClient();
        (await anonymous.GetAsync("/api/v1/admin/jobs/queues")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var customer = await fixture.App.SignUpAsync();
        (await customer.Client.GetAsync("/api/v1/admin/jobs/queues")).StatusCode.ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        var finance = await fixture.App.StaffAsync(StaffRole.Finance);
        (await finance.Client.GetAsync("/api/v1/admin/jobs/queues")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await finance.Client.DeleteAsync($"/api/v1/admin/jobs/{Ids.New()}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
