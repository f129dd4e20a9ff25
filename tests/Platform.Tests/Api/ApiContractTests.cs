using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Tests.TestKit;

namespace Platform.Tests.Api;

public sealed class ApiContractTests(ApiContractTests.Fixture fixture) : IClassFixture<ApiContractTests.Fixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task What_is_not_there_is_a_problem_document()
    {
        var customer = await _app.SignUpAsync();
        var answer = await customer.Client.GetAsync("/api/v1/nothing-here");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var problem = await BodyAsync(answer);
        problem.GetProperty("status").GetInt32().ShouldBe(404);
        problem.GetProperty("code").GetString().ShouldBe("not_found");
        foreach (var member in (string[])["type", "title", "detail", "traceId"]) { problem.GetProperty(member).GetString().ShouldNotBeNullOrEmpty(); }
    }

    [Fact]
    public async Task A_wrong_method_is_a_problem_document()
    {
        var customer = await _app.SignUpAsync();
        var answer = await customer.Client.DeleteAsync("/api/v1/auth/me");
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await answer.ProblemAsync()).ShouldBe("method_not_allowed");
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_a_problem_document()
    {
        var client = _app.CreateClient();
        var text = await client.PostAsync("/api/v1/auth/login", new StringContent("hello", Encoding.UTF8, "text/plain"));
        text.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await text.ProblemAsync()).ShouldBe("unsupported_media_type");
        var broken = await client.PostAsync("/api/v1/auth/login", Json("{\"email\": "));
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await broken.ProblemAsync()).ShouldBe("invalid_body");
    }

    [Theory]
    [InlineData("{\"email\": 7, \"password\": \"x\"}", "email")]
    [InlineData("{\"email\": null, \"password\": \"x\"}", "email")]
    [InlineData("{\"email\": \"a@b.example\"}", "password")]
    public async Task A_field_that_does_not_fit_is_named(string body, string field)
    {
        var answer = await _app.CreateClient().PostAsync("/api/v1/auth/login", Json(body));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await BodyAsync(answer)).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_a_problem_not_a_failure()
    {
        var customer = await _app.SignUpAsync();
        var answer = await customer.Client.GetAsync("/api/v1/audit-logs?cursor=nonsense");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemAsync()).ShouldBe("invalid_cursor");
    }

    [Fact]
    public async Task A_limit_beyond_its_bounds_is_put_to_the_nearest()
    {
        var customer = await _app.SignUpAsync();
        (await customer.Client.GetAsync("/api/v1/audit-logs?limit=0")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await customer.Client.GetAsync("/api/v1/audit-logs?limit=100000")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_edit_of_what_changed_meanwhile_is_refused()
    {
        var customer = await _app.SignUpAsync();
        var url = $"/api/v1/organizations/{customer.OrganizationId}";
        var seen = (await customer.Client.GetAsync(url)).Headers.ETag!;
        var first = await SendAsync(customer.Client, url, "First", seen.Tag);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.ETag!.Tag.ShouldNotBe(seen.Tag);
        var second = await SendAsync(customer.Client, url, "Second", seen.Tag);
        second.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await second.ProblemAsync()).ShouldBe("version_mismatch");
        (await SendAsync(customer.Client, url, "Third", first.Headers.ETag!.Tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_sites_page_cannot_send_with_the_readers_cookie()
    {
        var client = _app.CreateClient();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "a@b.example", password = "x" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.ProblemAsync()).ShouldBe("cross_site_request");
    }

    [Fact]
    public async Task The_app_says_that_it_is_alive_and_ready()
    {
        (await _app.CreateClient().GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = await (await _app.CreateClient().GetAsync("/health/ready")).ReadAsync();
        ready.GetProperty("checks").GetProperty("storage").GetString().ShouldBe("working");
    }

    [Fact]
    public async Task Every_route_is_described_with_summary_tag_security_and_problems()
    {
        var document = await (await _app.CreateClient().GetAsync("/openapi/v1.json")).ReadAsync();
        var problems = new List<string>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject()) { problems.AddRange(Check(path.Name, operation.Name, operation.Value)); }
        }
        problems.ShouldBeEmpty();
        document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().Select(s => s.Name).ShouldBe(["customer", "apiKey", "staff"], ignoreOrder: true);
    }

    [Fact]
    public async Task People_read_the_description_at_docs()
    {
        var answer = await _app.CreateClient().GetAsync("/docs/index.html");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("swagger-ui");
    }

    private static IEnumerable<string> Check(string path, string method, JsonElement operation)
    {
        var name = $"{method} {path}";
        if (!operation.TryGetProperty("summary", out _)) { yield return $"{name}: no summary (.WithSummary)"; }
        if (!operation.TryGetProperty("tags", out var tags) || tags.GetArrayLength() != 1) { yield return $"{name}: not exactly one tag"; }
        var answers = operation.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToHashSet();
        if (!answers.Contains("400") || !answers.Contains("500")) { yield return $"{name}: problem answers are not described (use ApiGroups)"; }
        if (operation.TryGetProperty("security", out var security) && security.GetArrayLength() > 0)
        {
            var scheme = security[0].EnumerateObject().Single().Name;
            if (scheme == "staff" != path.StartsWith("/api/v1/admin", StringComparison.Ordinal)) { yield return $"{name}: the wrong scheme, {scheme}"; }
            if (!answers.Contains("401") || !answers.Contains("403")) { yield return $"{name}: 401 and 403 are not described"; }
        }
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string url, string name, string etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = JsonContent.Create(new { name, timeZone = "Europe/Berlin" }) };
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return client.SendAsync(request);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    public sealed class Fixture : IDisposable
    {
        public PlatformApp App { get; } = new();
        public void Dispose() => App.Dispose();
    }
}
