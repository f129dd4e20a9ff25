using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Library;

/// <summary>Templates and hashtag sets over HTTP.</summary>
public sealed class LibraryEndpointTests(LibraryEndpointTests.OneApp fixture) : IClassFixture<LibraryEndpointTests.OneApp>
{
    public sealed class OneApp : IAsyncDisposable
    {
        public PlatformApp App { get; } = new();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Fact]
    public async Task A_template_is_made_found_changed_with_its_version_and_removed()
    {
        var client = (await fixture.App.SignUpAsync()).Client;
        var answer = await client.PostAsJsonAsync("/api/v1/templates", new { name = "Launch", text = "Our {{product}} is here: {{ link }} {{Product}}" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var made = await answer.ReadAsync();
        var url = answer.Headers.Location!.OriginalString;
        made.GetProperty("places").EnumerateArray().Select(p => p.GetString()).ShouldBe(["product", "link"]);
        await (await client.PostAsJsonAsync("/api/v1/templates", new { name = "Weekly tip", text = "Tip: {{tip}}" })).ReadAsync();
        (await NamesAsync(client, "/api/v1/templates")).ShouldBe(["Launch", "Weekly tip"]);
        (await NamesAsync(client, "/api/v1/templates?q=TIP:")).ShouldBe(["Weekly tip"]);
        (await (await client.PostAsJsonAsync("/api/v1/templates", new { name = "launch", text = "x" })).ProblemAsync()).ShouldBe("name_taken");

        (await PutAsync(client, url, "\"7\"", new { text = "late" })).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var changed = await PutAsync(client, url, answer.Headers.ETag!.Tag, new { text = "Now {{what}}" });
        (await changed.ReadAsync()).GetProperty("name").GetString().ShouldBe("Launch");
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await PutAsync(client, url, answer.Headers.ETag!.Tag, new { text = "lost" })).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await client.DeleteAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hashtag_set_keeps_each_tag_once_with_its_sign()
    {
        var client = (await fixture.App.SignUpAsync()).Client;
        var made = await (await client.PostAsJsonAsync("/api/v1/hashtag-sets", new { name = "Coffee", tags = new[] { "coffee", "#Coffee", " espresso ", "##slow_morning", "café" } })).ReadAsync();
        made.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["#coffee", "#espresso", "#slow_morning", "#café"]);
        (await NamesAsync(client, "/api/v1/hashtag-sets?q=espresso")).ShouldBe(["Coffee"]);
        (await NamesAsync(client, "/api/v1/hashtag-sets?q=tea")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/v1/templates", """{"name":" ","text":"x"}""", "name_missing")]
    [InlineData("/api/v1/templates", """{"name":"a"}""", "text_missing")]
    [InlineData("/api/v1/hashtag-sets", """{"name":"a","tags":[]}""", "tags_missing")]
    [InlineData("/api/v1/hashtag-sets", """{"name":"a","tags":["two words"]}""", "bad_hashtag")]
    [InlineData("/api/v1/hashtag-sets", """{"name":"a","tags":["2026"]}""", "bad_hashtag")]
    public async Task What_cannot_be_one_is_refused_in_words(string path, string body, string code)
    {
        var client = (await fixture.App.SignUpAsync()).Client;
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await client.PostAsync(path, content);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Another_organization_sees_and_changes_nothing_of_it()
    {
        var (mine, other) = ((await fixture.App.SignUpAsync()).Client, (await fixture.App.SignUpAsync()).Client);
        foreach (var (path, body) in new (string, object)[] { ("/api/v1/templates", new { name = "Secret plan", text = "x" }), ("/api/v1/hashtag-sets", new { name = "Secret plan", tags = new[] { "x1" } }) })
        {
            var url = (await mine.PostAsJsonAsync(path, body)).Headers.Location!.OriginalString;
            (await other.GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await PutAsync(other, url, "*", new { name = "Mine" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await other.DeleteAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await NamesAsync(other, path + "?q=secret")).ShouldBeEmpty();
            (await other.PostAsJsonAsync(path, body)).StatusCode.ShouldBe(HttpStatusCode.Created, "a name is only taken among one's own");
            (await (await mine.GetAsync(url)).ReadAsync()).GetProperty("name").GetString().ShouldBe("Secret plan");
        }
    }

    private static async Task<List<string?>> NamesAsync(HttpClient client, string path) =>
        [.. (await (await client.GetAsync(path)).ReadAsync()).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString())];

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string url, string match, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", match);
        return client.SendAsync(request);
    }
}
