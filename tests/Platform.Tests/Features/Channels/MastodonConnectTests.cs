using System.Net;
using System.Net.Http.Json;
using System.Web;
using Platform.Features.Channels.Store;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Channels;

/// <summary>Connecting by OAuth, from the API's first answer to the code's exchange, on a real server with Mastodon's client API.</summary>
public sealed class MastodonConnectTests
{
    // The server closes idle connections without a word: each request gets its own, as the product does it.
    private static readonly HttpClient Browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false }) { DefaultRequestHeaders = { ConnectionClose = true } };

    [Fact]
    public async Task A_person_goes_to_the_server_and_comes_back_with_a_channel_and_the_next_one_needs_no_new_registration()
    {
        var server = TestServers.Require("MASTODON_URL");
        await using var app = new PlatformApp();
        var (first, second) = (await app.SignUpAsync(), await app.SignUpAsync());
        var begun = await ConnectAsync(first.Client, server);
        var channel = await (await first.Client.GetAsync(await SignInAsync(server, begun, "alice", TestServers.Require("MASTODON_PASSWORD_ALICE")))).ReadAsync();
        channel.GetProperty("network").GetString().ShouldBe("mastodon");
        channel.GetProperty("status").GetString().ShouldBe("active");
        channel.GetProperty("handle").GetString()!.ShouldStartWith("alice@");
        (await (await first.Client.PostAsync($"/api/v1/social-accounts/{channel.GetProperty("id").GetString()}/check", null)).ReadAsync()).GetProperty("healthy").GetBoolean().ShouldBeTrue();

        var again = await ConnectAsync(second.Client, server);
        Of(again, "client_id").ShouldBe(Of(begun, "client_id"));
        Of(again, "state").ShouldNotBe(Of(begun, "state"));
        var back = await SignInAsync(server, again, "bob", TestServers.Require("MASTODON_PASSWORD_BOB"));
        (await first.Client.GetAsync(back)).IsSuccessStatusCode.ShouldBeFalse("what one person began another cannot end");
        (await (await second.Client.GetAsync(back)).ReadAsync()).GetProperty("handle").GetString()!.ShouldStartWith("bob@");
        (await second.Client.GetAsync(back)).IsSuccessStatusCode.ShouldBeFalse("a state works once");

        var kept = (await app.Get<IDocumentStore>().ForPlatform<RegisteredApp>(Caller.Platform).FindAsync(new() { Limit = 10 }, CancellationToken.None)).Items.ShouldHaveSingleItem();
        kept.Sealed.ShouldNotContain(Of(begun, "client_id")!);
    }

    private static async Task<Uri> ConnectAsync(HttpClient client, string server)
    {
        var answer = await client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "mastodon", serviceUrl = server });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return new Uri((await answer.ReadAsync()).GetProperty("authorizeUrl").GetString()!);
    }

    // The server's own form, filled in; it answers with the way back to us.
    private static async Task<string> SignInAsync(string server, Uri authorize, string login, string password)
    {
        (await Browser.GetAsync(authorize)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["login"] = login, ["passwd"] = password, ["redir"] = Of(authorize, "redirect_uri")!, ["cid"] = Of(authorize, "client_id")!, ["state"] = Of(authorize, "state")!,
        });
        using var answer = await Browser.PostAsync(new Uri($"{server}/oauth/x-snac-login"), form);
        return answer.Headers.Location!.PathAndQuery;
    }

    private static string? Of(Uri address, string name) => HttpUtility.ParseQueryString(address.Query)[name];
}
