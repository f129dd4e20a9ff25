using System.Net.Http.Headers;
using System.Text.Json;
using System.Web;
using Platform.Networks;
using Platform.Networks.Mastodon;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Networks.Mastodon;

/// <summary>Against a real server with Mastodon's client API (snac). It ignores Idempotency-Key and content limits; those are proved against the double.</summary>
public sealed class MastodonServerTests
{
    private static readonly HttpClient Http = new(new HttpClientHandler { AllowAutoRedirect = false }) { DefaultRequestHeaders = { ConnectionClose = true } };
    private readonly MastodonNetwork _network = MastodonWireTests.Network();

    [Fact]
    public async Task A_channel_is_connected_through_the_server_s_own_sign_in_form()
    {
        var server = TestServers.Require("MASTODON_URL");
        var request = new ConnectRequest { OrganizationId = Ids.New(), ChannelId = Ids.New(), ServiceUrl = server, CallbackUrl = "http://127.0.0.1/callback", State = Ids.New() };
        var step = (await _network.ConnectAsync(request, CancellationToken.None)).Unwrap().ShouldBeOfType<ConnectStep.Redirect>();
        var callback = await SignInAsync(server, step.AuthorizeUrl, "alice", TestServers.Require("MASTODON_PASSWORD_ALICE"));
        var account = (await _network.CompleteConnectAsync(step.Flow, callback, CancellationToken.None)).Unwrap();
        account.Handle.ShouldStartWith("alice@");
        account.Limits!.MaxText.ShouldBe(100_000);
        account.Limits.UrlLength.ShouldBe(32);
        var channel = new ChannelConnection
        {
            OrganizationId = Ids.New(), ChannelId = Ids.New(), RemoteAccountId = account.RemoteAccountId, Handle = account.Handle, ServiceUrl = account.ServiceUrl, Secrets = account.Secrets, Limits = account.Limits,
        };
        (await _network.CheckAsync(channel, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Healthy>();
    }

    [Fact]
    public async Task A_code_that_the_server_did_not_give_connects_nothing()
    {
        var request = new ConnectRequest { OrganizationId = Ids.New(), ChannelId = Ids.New(), ServiceUrl = TestServers.Require("MASTODON_URL"), CallbackUrl = "http://127.0.0.1/callback", State = "s" };
        var step = (await _network.ConnectAsync(request, CancellationToken.None)).Unwrap().ShouldBeOfType<ConnectStep.Redirect>();
        var result = await _network.CompleteConnectAsync(step.Flow, new Dictionary<string, string> { ["state"] = "s", ["code"] = "made-up" }, CancellationToken.None);
        result.Problem!.Code.ShouldBeOneOf("token_refused", "connect_failed");
    }

    [Fact]
    public async Task A_text_with_two_images_is_published_found_again_and_deleted()
    {
        var alice = await ChannelAsync("ALICE");
        var request = Request($"Grüße {Ids.New()} https://example.com/a") with { Media = [Pictures.One("first"), Pictures.One("second")] };
        var sentAt = DateTimeOffset.UtcNow;
        var post = (await _network.PublishAsync(alice, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;
        var status = await StatusAsync(alice, post);
        status.GetProperty("media_attachments").EnumerateArray().Select(m => m.GetProperty("description").GetString()).ShouldBe(["first", "second"]);
        (await _network.FindAsync(alice, request, sentAt, CancellationToken.None)).ShouldBeOfType<LookupOutcome.Found>().Post.Url.ShouldBe(post.Url);
        (await _network.FindAsync(alice, Request($"never sent {Ids.New()}"), sentAt, CancellationToken.None)).ShouldNotBeOfType<LookupOutcome.Found>();
        (await _network.GetMetricsAsync(alice, [post], CancellationToken.None)).Unwrap().ShouldHaveSingleItem().Likes.ShouldBe(0);
        (await _network.DeleteAsync(alice, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await _network.DeleteAsync(alice, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await _network.GetMetricsAsync(alice, [post], CancellationToken.None)).Unwrap().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_published_text_is_changed_in_place_and_its_picture_stays()
    {
        var alice = await ChannelAsync("ALICE");
        var post = await PublishedAsync(alice, Request($"with a tyop {Ids.New()}") with { Media = [Pictures.One("a cat")] });
        var change = new EditRequest(post, $"with no typo {Ids.New()} https://example.com/b", () => true);
        (await _network.FindEditAsync(alice, change, CancellationToken.None)).ShouldBeOfType<LookupOutcome.Absent>();
        (await _network.EditAsync(alice, change, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post.ShouldBe(post);
        (await _network.FindEditAsync(alice, change, CancellationToken.None)).ShouldBeOfType<LookupOutcome.Found>();
        var status = await StatusAsync(alice, post);
        status.GetProperty("content").GetString()!.ShouldContain("with no typo");
        status.GetProperty("media_attachments").EnumerateArray().Single().GetProperty("description").GetString().ShouldBe("a cat");
        (await _network.DeleteAsync(alice, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await _network.EditAsync(alice, change, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Rejected>().Code.ShouldBe("post_gone");
    }

    [Fact]
    public async Task A_thread_of_three_hangs_together_and_its_own_parts_are_not_replies()
    {
        var alice = await ChannelAsync("ALICE");
        var one = await PublishedAsync(alice, Request($"1 {Ids.New()}"));
        var two = await PublishedAsync(alice, Request("2") with { Root = one, Parent = one });
        var three = await PublishedAsync(alice, Request("3") with { Root = one, Parent = two });
        (await StatusAsync(alice, three)).GetProperty("in_reply_to_id").GetString().ShouldBe(two.Id, StringCompareShould.IgnoreCase);
        (await _network.GetRepliesAsync(alice, one, CancellationToken.None)).Unwrap().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reply_of_another_person_is_read_and_a_favourite_is_counted()
    {
        var (alice, bob) = (await ChannelAsync("ALICE"), await ChannelAsync("BOB"));
        var post = await PublishedAsync(alice, Request($"@bob question {Ids.New()}"));
        var asBob = await EventuallyKnownAsync(bob, post);
        await PublishedAsync(bob, Request("the @alice answer") with { Root = asBob, Parent = asBob });
        await FavouriteAsync(bob, asBob);
        await Eventually.TrueAsync(async () => (await _network.GetRepliesAsync(alice, post, CancellationToken.None)).Unwrap().Any(r => r.Text.Contains("answer", StringComparison.Ordinal) && r.AuthorHandle.StartsWith("bob", StringComparison.Ordinal)), "the reply arrived", 40);
        await Eventually.TrueAsync(async () => (await _network.GetMetricsAsync(alice, [post], CancellationToken.None)).Unwrap().Single().Likes == 1, "the favourite arrived", 40);
    }

    [Fact]
    public async Task A_wrong_token_needs_a_reconnect()
    {
        var alice = await ChannelAsync("ALICE");
        var wrong = alice with { Secrets = new ChannelSecrets { AccessToken = "wrong" } };
        (await _network.PublishAsync(wrong, Request("x"), CancellationToken.None)).ShouldBeOfType<PublishOutcome.NeedsReconnect>();
    }

    private static PublishRequest Request(string text) => new() { IdempotencyKey = $"{Ids.New()}-0", Text = text, Visibility = "public", MaySend = () => true };

    private async Task<RemotePost> PublishedAsync(ChannelConnection channel, PublishRequest request) =>
        (await _network.PublishAsync(channel, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;

    private async Task<ChannelConnection> ChannelAsync(string who)
    {
        var channel = new ChannelConnection
        {
            OrganizationId = Ids.New(), ChannelId = Ids.New(), RemoteAccountId = "", Handle = "", ServiceUrl = TestServers.Require("MASTODON_URL"),
            Secrets = new ChannelSecrets { AccessToken = TestServers.Require($"MASTODON_TOKEN_{who}") }, Limits = MastodonDescriptor.Value.Limits,
        };
        var account = (await _network.CheckAsync(channel, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Healthy>().Account;
        return channel with { RemoteAccountId = account.RemoteAccountId, Handle = account.Handle };
    }

    private static async Task<IReadOnlyDictionary<string, string>> SignInAsync(string server, string authorizeUrl, string login, string password)
    {
        var query = HttpUtility.ParseQueryString(new Uri(authorizeUrl).Query);
        using var form = await Http.GetAsync(new Uri(authorizeUrl));
        form.EnsureSuccessStatusCode();
        using var body = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["login"] = login, ["passwd"] = password, ["redir"] = query["redirect_uri"]!, ["cid"] = query["client_id"]!, ["state"] = query["state"]!,
        });
        using var answer = await Http.PostAsync(new Uri($"{server}/oauth/x-snac-login"), body);
        var back = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        return back.AllKeys.OfType<string>().ToDictionary(k => k, k => back[k]!);
    }

    private static async Task<JsonElement> GetAsync(ChannelConnection channel, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, channel.ServiceUrl + path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", channel.Secrets.AccessToken) } };
        using var answer = await Http.SendAsync(request);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    private static Task<JsonElement> StatusAsync(ChannelConnection channel, RemotePost post) => GetAsync(channel, $"/api/v1/statuses/{post.Id}");

    private static async Task FavouriteAsync(ChannelConnection channel, RemotePost post)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{channel.ServiceUrl}/api/v1/statuses/{post.Id}/favourite") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", channel.Secrets.AccessToken) } };
        (await Http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    // Posts travel to bob over ActivityPub, as between two servers; he is mentioned, so he is notified.
    private static async Task<RemotePost> EventuallyKnownAsync(ChannelConnection channel, RemotePost post)
    {
        RemotePost? known = null;
        await Eventually.TrueAsync(async () =>
        {
            JsonElement notifications;
            // The test server may drop a connection; a question may be asked again.
            try { notifications = await GetAsync(channel, "/api/v1/notifications?types[]=mention"); }
            catch (HttpRequestException) { return false; }
            var mine = notifications.EnumerateArray().Where(n => n.TryGetProperty("status", out var s) && s.GetProperty("uri").GetString() == post.Url).ToList();
            known = mine.Count == 0 ? null : new RemotePost(mine[0].GetProperty("status").GetProperty("id").GetString()!, null);
            return known is not null;
        }, "bob is notified", 40);
        return known!;
    }
}
