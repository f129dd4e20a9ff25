using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Platform.Api;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S14: the headers of every route, in every kind of answer.</summary>
[Collection(SecurityCollection.Name)]
public sealed class HeaderTests(SecurityWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task S14_every_route_answers_with_the_security_headers()
    {
        var checks = new Checks("S14", output);
        foreach (var route in Families.Headers(world.Routes))
        {
            foreach (var who in (string[])["anonymous", route.IsStaff ? "staff:SuperAdmin" : "Owner"]) { await LookAsync(checks, route, who); }
        }
        checks.Report(nameof(S14_every_route_answers_with_the_security_headers));
    }

    [Theory]
    [InlineData("/nothing/here")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/docs/index.html")]
    [InlineData("/docs/swagger-ui-bundle.js")]
    [InlineData("/favicon.svg")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_blazor/negotiate")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task S14_what_is_no_route_of_ours_has_them_too(string path)
    {
        using var answer = await (await world.ClientAsync("anonymous")).GetAsync(path);
        Missing(answer, isApi: path.StartsWith("/api", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void S14_the_server_does_not_say_what_it_is() => world.App.Get<IOptions<KestrelServerOptions>>().Value.AddServerHeader.ShouldBeFalse();

    [Fact]
    public void S14_pages_run_under_a_policy_without_inline_code()
    {
        var policy = SecurityHeaders.PagePolicy;
        foreach (var loose in (string[])["unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:"]) { policy.ShouldNotContain(loose); }
        foreach (var strict in (string[])["default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'", "connect-src 'self'"]) { policy.ShouldContain(strict); }
    }

    [Fact]
    public void S14_catches_an_answer_without_headers()
    {
        Missing(new HttpResponseMessage(HttpStatusCode.OK), isApi: true).ShouldContain("Content-Security-Policy");
        Missing(new HttpResponseMessage(HttpStatusCode.OK), isApi: true).ShouldContain("Cache-Control: no-store");
    }

    private async Task LookAsync(Checks checks, ApiRoute route, string who)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Fill());
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(route.IsApi ? "application/json" : "text/html"));
        if (route.Writes && route.IsApi) { request.Content = JsonContent.Create(new { }); }
        using var answer = await (await world.ClientAsync(who)).SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        foreach (var missing in Missing(answer, route.IsApi)) { checks.That(false, () => $"{route.Key} for {who} ({(int)answer.StatusCode}): {missing}"); }
        checks.That(!answer.Headers.Contains("Server") && !answer.Headers.Contains("X-Powered-By"), () => $"{route.Key}: says what it runs on");
        checks.That(!text.Contains("   at Platform.", StringComparison.Ordinal) && !text.Contains("System.InvalidOperationException", StringComparison.Ordinal), () => $"{route.Key}: shows a stack trace");
        checks.That(!HasInlineCode(text), () => $"{route.Key}: its page has inline code, which its own policy stops");
        if (route.Writes && (int)answer.StatusCode < 400) { world.Forget(who); }
    }

    private static bool HasInlineCode(string text) =>
        text.Contains("<html", StringComparison.Ordinal) && (text.Contains("<script>", StringComparison.Ordinal) || text.Contains("<style", StringComparison.Ordinal) || text.Contains(" style=\"", StringComparison.Ordinal) || text.Contains(" onclick=\"", StringComparison.Ordinal) || text.Contains("javascript:", StringComparison.Ordinal));

    private static List<string> Missing(HttpResponseMessage answer, bool isApi)
    {
        var missing = new List<string>();
        Want("Content-Security-Policy", v => v.Contains("default-src 'none'", StringComparison.Ordinal) && (v.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || v.Contains("sandbox", StringComparison.Ordinal)));
        Want("X-Content-Type-Options", v => v == "nosniff");
        Want("X-Frame-Options", v => v == "DENY");
        Want("Referrer-Policy", v => v is "same-origin" or "no-referrer");
        Want("Permissions-Policy", v => v.Contains("camera=()", StringComparison.Ordinal));
        Want("Cross-Origin-Opener-Policy", v => v == "same-origin");
        Want("Cross-Origin-Resource-Policy", v => v is "same-origin" or "same-site");
        if (isApi && !(answer.Headers.CacheControl?.NoStore ?? false)) { missing.Add("Cache-Control: no-store"); }
        return missing;

        void Want(string name, Func<string, bool> good)
        {
            if (!answer.Headers.TryGetValues(name, out var values) || !good(string.Join(", ", values))) { missing.Add(name); }
        }
    }
}
