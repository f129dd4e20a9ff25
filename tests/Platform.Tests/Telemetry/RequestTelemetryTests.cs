using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Platform.Telemetry;
using Platform.Telemetry.Logging;
using Platform.Tests.TestKit;

namespace Platform.Tests.Telemetry;

public sealed class RequestTelemetryTests : IClassFixture<RequestTelemetryTests.LoggingApp>
{
    private const string Canary = "canary-5f1d2e";
    private readonly LoggingApp _fixture;

    public RequestTelemetryTests(LoggingApp fixture) => _fixture = fixture;

    /// <summary>An app that logs everything to a file of its own.</summary>
    public sealed class LoggingApp : IAsyncDisposable
    {
        public const string Token = "metrics-token-for-tests";

        public LoggingApp()
        {
            App = new PlatformApp();
            LogFile = Path.Combine(App.DataDirectory, "log.json");
            App.With("Telemetry:LogFile", LogFile).With("Telemetry:MetricsToken", Token).With("Logging:LogLevel:Default", "Trace").With("Logging:LogLevel:Microsoft.AspNetCore", "Warning");
        }

        public PlatformApp App { get; }

        public string LogFile { get; }

        public string Logged()
        {
            var file = Directory.EnumerateFiles(App.DataDirectory, "log*.json").Single();
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Fact]
    public async Task A_request_has_one_line_with_route_status_and_correlation_id_and_no_secret_of_it_is_in_the_log()
    {
        using var client = _fixture.App.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/notifications/read-all?token={Canary}-query&code={Canary}-code");
        request.Headers.Add(RequestLog.Header, "trace-42.a_b");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{Canary}-bearer");
        request.Headers.Add("Cookie", $"session={Canary}-cookie");
        request.Content = new StringContent($"{{\"password\":\"{Canary}-body\"}}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request);

        answer.Headers.GetValues(RequestLog.Header).ShouldBe(["trace-42.a_b"]);
        var line = await Eventually.ValueAsync(() => Task.FromResult(_fixture.Logged().Split('\n').SingleOrDefault(l => l.Contains("trace-42.a_b") && l.Contains("Milliseconds"))), "the line is written");
        line.ShouldContain("/api/v1/notifications/read-all");
        line.ShouldContain($"\"Status\":{(int)answer.StatusCode}");
        _fixture.Logged().ShouldNotContain(Canary);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("<script>")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public async Task A_correlation_id_that_could_forge_a_line_is_not_taken(string given)
    {
        using var client = _fixture.App.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation(RequestLog.Header, given);
        using var answer = await client.GetAsync("/health/live");
        answer.Headers.GetValues(RequestLog.Header).ShouldHaveSingleItem().ShouldNotBe(given);
    }

    [Fact]
    public async Task Metrics_want_their_token()
    {
        using var client = _fixture.App.CreateClient();
        using var refused = await client.GetAsync("/metrics");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LoggingApp.Token + "x");
        using var wrong = await client.GetAsync("/metrics");
        wrong.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", LoggingApp.Token);
        // A request is counted once it has ended, which may be after its answer was read.
        var text = "";
        await Eventually.TrueAsync(async () => (text = await client.GetStringAsync("/metrics")).Contains("http_server_request_duration_seconds_bucket", StringComparison.Ordinal), "requests are counted");
        text.ShouldContain("# TYPE");
    }

    [Theory]
    [InlineData("Password=hunter22 and more", "hunter22")]
    [InlineData("GET https://x/y?access_token=abcdef123&b=1", "abcdef123")]
    [InlineData("Authorization: Bearer abc.def-ghi_123", "abc.def-ghi_123")]
    [InlineData("{\"client_secret\":\"s3cr3t-value\"}", "s3cr3t-value")]
    public void What_looks_like_a_secret_is_masked(string text, string secret) => SecretMask.Clean(text).ShouldNotContain(secret);

    [Theory]
    [InlineData("Post 12 was published on mastodon")]
    [InlineData("Token of channel refreshed")]
    public void What_does_not_is_left_alone(string text) => SecretMask.Clean(text).ShouldBe(text);

    [Fact]
    public void Mistakes_in_the_settings_are_named() =>
        new TelemetryOptions { OtlpEndpoint = "collector", MetricsToken = "short" }.Mistakes().Count().ShouldBe(2);
}
