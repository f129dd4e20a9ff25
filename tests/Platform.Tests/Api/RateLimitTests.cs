using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Api;
using Platform.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Api;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Beyond_the_limit_a_caller_is_told_when_to_come_back_and_may_then()
    {
        var clock = new FakeClock();
        using var app = new PlatformApp().With(clock).With("RateLimits:Enabled", "true");
        var client = app.CreateClient();
        var first = await LoginAsync(client);
        first.Headers.GetValues("RateLimit-Limit").ShouldBe(["60"]);
        first.Headers.GetValues("RateLimit-Remaining").ShouldBe(["59"]);
        for (var i = 1; i < 60; i++) { (await LoginAsync(client)).StatusCode.ShouldNotBe((HttpStatusCode)429, $"request {i + 1}"); }
        var refused = await LoginAsync(client);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.ProblemAsync()).ShouldBe("too_many_requests");
        var wait = refused.Headers.RetryAfter!.Delta!.Value;
        wait.TotalSeconds.ShouldBeInRange(1, 60);
        clock.Advance(wait + TimeSpan.FromSeconds(1));
        (await LoginAsync(client)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_failure_of_ours_is_a_500_without_insides_and_is_the_kept_answer_of_its_key()
    {
        var calls = 0;
        CountRequest count = (_, _, _) => ValueTask.FromResult((1L, TimeSpan.FromMinutes(1)));
        using var app = new PlatformApp().With("RateLimits:Enabled", "true").With(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(count));
            services.Replace(ServiceDescriptor.Transient(typeof(Platform.Features.Organizations.Actions.CreateOrganization), _ => { calls++; throw new InvalidOperationException("the secret inside"); }));
        });
        var customer = await app.SignUpAsync();
        for (var i = 0; i < 2; i++)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/organizations") { Content = JsonContent.Create(new { name = "North" }) };
            request.Headers.Add("Idempotency-Key", "broken");
            var answer = await customer.Client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("secret inside");
            (await answer.ProblemAsync()).ShouldBe("internal_error");
        }
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_503_with_Retry_After()
    {
        using var app = new PlatformApp().With(services => services.Replace(ServiceDescriptor.Transient(
            typeof(Platform.Features.Organizations.Actions.CreateOrganization), _ => throw new StorageUnavailableException("disk full"))));
        var customer = await app.SignUpAsync();
        var answer = await customer.Client.PostAsJsonAsync("/api/v1/organizations", new { name = "North" });
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.ProblemAsync()).ShouldBe("storage_unavailable");
    }

    private static Task<HttpResponseMessage> LoginAsync(HttpClient client) => client.PostAsJsonAsync("/api/v1/auth/login", new { email = 7 });
}
