using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Analytics.Actions;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Analytics;

/// <summary>The whole way over HTTP: connect, write, publish, see it on the network, read its numbers.</summary>
public sealed class WholeJobTests : IAsyncLifetime
{
    private readonly PlatformApp _app = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync() => _client = (await _app.SignUpAsync()).Client;

    public ValueTask DisposeAsync() { _app.Dispose(); return ValueTask.CompletedTask; }

    [Fact]
    public async Task A_post_on_the_practice_network_is_seen_on_its_page_and_its_numbers_in_the_api()
    {
        var channel = await ConnectAsync(new { network = "sandbox", displayName = "Blue Bakery" });
        var (post, publication) = await PublishAsync(channel, "Fresh bread at six #bread");
        (await _client.GetStringAsync(publication.GetProperty("remoteUrl").GetString()!.Split('#')[0])).ShouldContain("Fresh bread at six");
        JsonElement numbers = default;
        await Eventually.TrueAsync(async () =>
        {
            await _app.Get<CollectNumbers>().RunAsync(CancellationToken.None);
            var read = (await GetAsync($"/api/v1/content/{post}/analytics")).GetProperty("publications").EnumerateArray().ToList();
            return read is [var one] && (numbers = one).GetProperty("collectedAt").ValueKind is JsonValueKind.String;
        }, "the numbers were read");
        numbers.GetProperty("publicationId").GetString().ShouldBe(publication.GetProperty("id").GetString());
        numbers.GetProperty("numbers").GetProperty("likes").ValueKind.ShouldBe(JsonValueKind.Number);
        var dashboard = await GetAsync("/api/v1/analytics/dashboard?days=7");
        dashboard.GetProperty("days").GetArrayLength().ShouldBe(7);
        dashboard.GetProperty("totals").GetProperty("published").GetInt64().ShouldBe(1);
        dashboard.GetProperty("totals").GetProperty("previous").GetProperty("likes").ValueKind.ShouldBe(JsonValueKind.Null);
        (await GetAsync($"/api/v1/social-accounts/{channel}/metrics?days=7")).GetProperty("days").GetArrayLength().ShouldBe(7);
    }

    [Fact]
    public async Task A_thread_of_three_goes_out_on_a_real_bluesky_server()
    {
        var (url, handle) = (TestServers.Require("BLUESKY_PDS_URL"), $"w{Ids.New()[^14..]}.test");
        using var made = await new HttpClient().PostAsJsonAsync($"{url}/xrpc/com.atproto.server.createAccount", new { handle, email = $"{handle}@mail.test", password = "secret-123" });
        made.EnsureSuccessStatusCode();
        var channel = await ConnectAsync(new { network = "bluesky", serviceUrl = url, identifier = handle, secret = "secret-123" });
        var (_, publication) = await PublishAsync(channel, "One https://example.com", [new { text = "Two #tag" }, new { text = "Three" }]);
        publication.GetProperty("remoteId").GetString()!.ShouldStartWith("at://did:plc:");
        var records = await new HttpClient().GetFromJsonAsync<JsonElement>($"{url}/xrpc/com.atproto.repo.listRecords?repo={handle}&collection=app.bsky.feed.post");
        records.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("value").GetProperty("text").GetString()).Order().ShouldBe(["One https://example.com", "Three", "Two #tag"]);
    }

    [Fact]
    public async Task Numbers_of_a_post_that_is_not_there_are_not_found() =>
        (await (await _client.GetAsync(new Uri($"/api/v1/content/{Ids.New()}/analytics", UriKind.Relative))).ProblemAsync()).ShouldBe("not_found");

    private async Task<string> ConnectAsync(object body) => (await (await _client.PostAsJsonAsync("/api/v1/social-accounts/connect", body)).ReadAsync()).GetProperty("id").GetString()!;

    private async Task<JsonElement> GetAsync(string path) => await (await _client.GetAsync(new Uri(path, UriKind.Relative))).ReadAsync();

    private async Task<(string Post, JsonElement Publication)> PublishAsync(string channel, string text, object[]? parts = null)
    {
        object body = parts is null ? new { text, channelIds = new[] { channel } } : new { text, channelIds = new[] { channel }, parts };
        var post = (await (await _client.PostAsJsonAsync("/api/v1/content", body)).ReadAsync()).GetProperty("id").GetString()!;
        await (await _client.PostAsync(new Uri($"/api/v1/content/{post}/publish", UriKind.Relative), null)).ReadAsync();
        JsonElement publication = default;
        await Eventually.TrueAsync(async () => (publication = (await GetAsync($"/api/v1/content/{post}")).GetProperty("publications")[0]).GetProperty("state").GetString() is "published" or "failed", "it was sent", 60);
        publication.GetProperty("state").GetString().ShouldBe("published", publication.ToString());
        return (post, publication);
    }
}
