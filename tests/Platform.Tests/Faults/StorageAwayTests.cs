using System.Net;
using System.Net.Http.Json;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>What people, machines and the load balancer are told while the database is away from a running app, and that it all comes back by itself.</summary>
public sealed class StorageAwayTests : IAsyncLifetime
{
    private CuttingProxy _proxy = null!;
    private PlatformApp _app = null!;
    private TestCustomer _ann = null!;

    public async ValueTask InitializeAsync()
    {
        _proxy = new CuttingProxy(TestServers.Require("MONGODB_URI"));
        _app = new PlatformApp().OnMongo().With("Storage:MongoUri", _proxy.Uri);
        _ann = await _app.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) { await _app.DisposeAsync(); }
        _proxy?.Dispose();
    }

    [Fact]
    public async Task T12_the_app_says_clearly_that_its_storage_is_away_loses_nothing_and_is_ready_again_by_itself()
    {
        var template = await (await _ann.Client.PostAsJsonAsync("/api/v1/templates", new { name = "kept", text = "before" })).ReadAsync();
        _proxy.IsDown = true;
        await ShouldBeAwayAsync();
        _proxy.IsDown = false;
        await Eventually.TrueAsync(async () => (await GetAsync("/health/ready")).Status == HttpStatusCode.OK, "the app is ready again", 5);
        (await GetAsync("/")).Status.ShouldBe(HttpStatusCode.OK);
        var list = await (await _ann.Client.GetAsync("/api/v1/templates")).ReadAsync();
        list.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("id").GetString()).ShouldBe([template.GetProperty("id").GetString()], "what was saved is there, what was refused is not");
    }

    private async Task ShouldBeAwayAsync()
    {
        var ready = await GetAsync("/health/ready");
        ready.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ready.Text.ShouldContain("\"storage\":\"failing\"");
        (await GetAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK, "a restart would not help");
        var api = await _ann.Client.PostAsJsonAsync("/api/v1/templates", new { name = "refused", text = "meanwhile" });
        (api.StatusCode, api.Headers.RetryAfter?.Delta).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)));
        (await api.Content.ReadAsStringAsync()).ShouldContain("storage_unavailable");
        var page = await GetAsync("/calendar");
        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Text.ShouldContain("The app cannot work right now");
        page.Text.ShouldContain("The storage cannot be reached now");
        page.Text.ShouldContain("http-equiv=\"refresh\"");
        page.Text.ShouldNotContain("127.0.0.1", Case.Insensitive, "where the storage is, is nobody's business");
    }

    // Many at once wait behind each other for a server that is not there: nobody waits for all of them.
    [Fact]
    public async Task T12_nobody_waits_long_to_be_told()
    {
        await GetAsync("/");
        _proxy.IsDown = true;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => GetAsync("/calendar")));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.ServiceUnavailable);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), "one by one they would wait 25 s: 200 of them, 16 at a time, 2 s each");
    }

    private async Task<(HttpStatusCode Status, string Text)> GetAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _ann.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
