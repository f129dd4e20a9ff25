using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Platform.Networks;
using Platform.Networks.Bluesky;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Networks.Bluesky;

/// <summary>Against a real data server of Bluesky (PDS). It has no AppView: numbers and other people's replies are proved against the protocol double.</summary>
public sealed class BlueskyServerTests
{
    private static readonly HttpClient Http = new();
    private readonly BlueskyNetwork _network = BlueskyWireTests.Network();

    [Fact]
    public async Task A_text_with_link_mention_and_tag_is_published_with_its_facets()
    {
        var (me, friend) = (await ConnectAsync(), await ConnectAsync());
        var text = $"Grüße 👋 @{friend.Handle} https://example.com/a?b=c #schön @nobody.test";
        var post = await PublishedAsync(me, text);
        var record = await RecordAsync(me, post);
        record.GetProperty("text").GetString().ShouldBe(text);
        var facets = record.GetProperty("facets").EnumerateArray().ToList();
        facets.Select(f => f.GetProperty("features")[0].GetProperty("$type").GetString()!.Split('#')[1]).ShouldBe(["mention", "link", "tag"]);
        facets[0].GetProperty("features")[0].GetProperty("did").GetString().ShouldBe(friend.RemoteAccountId);
        facets.Select(f => Slice(text, f.GetProperty("index"))).ShouldBe([$"@{friend.Handle}", "https://example.com/a?b=c", "#schön"]);
    }

    [Fact]
    public async Task Four_images_arrive_with_their_alternative_texts_and_proportions()
    {
        var me = await ConnectAsync();
        var post = await PublishedAsync(me, "Four", r => r with { Media = [Pictures.One("one"), Pictures.One("two"), Pictures.One("three"), Pictures.One("four")] });
        var images = (await RecordAsync(me, post)).GetProperty("embed").GetProperty("images").EnumerateArray().ToList();
        images.Select(i => i.GetProperty("alt").GetString()).ShouldBe(["one", "two", "three", "four"]);
        images.ShouldAllBe(i => i.GetProperty("aspectRatio").GetProperty("width").GetInt32() == 1 && i.GetProperty("image").GetProperty("mimeType").GetString() == "image/png");
    }

    [Fact]
    public async Task A_thread_of_three_names_its_root_and_each_part_before()
    {
        var me = await ConnectAsync();
        var id = Ids.New();
        var one = await PublishedAsync(me, "1", r => r with { IdempotencyKey = $"{id}-0" });
        var two = await PublishedAsync(me, "2", r => r with { IdempotencyKey = $"{id}-1", Root = one, Parent = one });
        var three = await PublishedAsync(me, "3", r => r with { IdempotencyKey = $"{id}-2", Root = one with { Revision = null }, Parent = two });
        var reply = (await RecordAsync(me, three)).GetProperty("reply");
        reply.GetProperty("root").GetProperty("uri").GetString().ShouldBe(one.Id);
        reply.GetProperty("root").GetProperty("cid").GetString().ShouldBe(one.Revision);
        reply.GetProperty("parent").GetProperty("uri").GetString().ShouldBe(two.Id);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_makes_no_second_post_and_is_published()
    {
        var me = await ConnectAsync();
        var request = Request("once");
        var first = (await _network.PublishAsync(me, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;
        (await _network.PublishAsync(me, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post.ShouldBe(first);
        (await CountAsync(me)).ShouldBe(1);
        (await _network.FindAsync(me, request, default, CancellationToken.None)).ShouldBe(new LookupOutcome.Found(first));
        (await _network.FindAsync(me, Request("never sent"), default, CancellationToken.None)).ShouldBeOfType<LookupOutcome.Absent>();
    }

    [Fact]
    public async Task A_deleted_post_is_gone_and_deleting_it_again_is_success()
    {
        var me = await ConnectAsync();
        var request = Request("short life");
        var post = (await _network.PublishAsync(me, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;
        (await _network.DeleteAsync(me, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await _network.DeleteAsync(me, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await CountAsync(me)).ShouldBe(0);
    }

    [Fact]
    public async Task A_server_without_app_view_has_no_numbers_and_says_so_rather_than_zero()
    {
        var me = await ConnectAsync();
        var (kept, deleted) = (await PublishedAsync(me, "kept"), await PublishedAsync(me, "deleted"));
        await _network.DeleteAsync(me, deleted, CancellationToken.None);
        (await _network.GetMetricsAsync(me, [kept, deleted], CancellationToken.None)).Unwrap().ShouldBe([new PostMetrics(kept.Id, null, null, null, null, null)]);
        (await _network.GetAccountMetricsAsync(me, CancellationToken.None)).Unwrap().ShouldBe(new AccountMetrics(null, null, null));
        (await _network.GetRepliesAsync(me, kept, CancellationToken.None)).Problem!.Code.ShouldBe("not_served");
    }

    [Fact]
    public async Task A_reply_to_another_account_s_post_is_accepted()
    {
        var (me, friend) = (await ConnectAsync(), await ConnectAsync());
        var post = await PublishedAsync(me, "question");
        var reply = await PublishedAsync(friend, "answer", r => r with { Root = post, Parent = post });
        (await RecordAsync(friend, reply)).GetProperty("reply").GetProperty("parent").GetProperty("uri").GetString().ShouldBe(post.Id);
    }

    [Fact]
    public async Task A_session_is_renewed_and_a_wrong_token_needs_a_reconnect()
    {
        var me = await ConnectAsync();
        me.Secrets.ExpiresAt!.Value.ShouldBeGreaterThan(DateTimeOffset.UtcNow);
        var fresh = (await _network.RefreshAsync(me, CancellationToken.None)).ShouldBeOfType<RefreshOutcome.Refreshed>().Secrets;
        fresh.RefreshToken.ShouldNotBe(me.Secrets.RefreshToken);
        (await _network.CheckAsync(me with { Secrets = fresh }, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Healthy>();
        var wrong = me with { Secrets = new ChannelSecrets { AccessToken = "wrong", RefreshToken = "wrong" } };
        (await _network.CheckAsync(wrong, CancellationToken.None)).ShouldBeOfType<CheckOutcome.NeedsReconnect>();
        (await _network.PublishAsync(wrong, Request("x"), CancellationToken.None)).ShouldBeOfType<PublishOutcome.NeedsReconnect>();
        (await _network.RefreshAsync(wrong, CancellationToken.None)).ShouldBeOfType<RefreshOutcome.NeedsReconnect>();
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words()
    {
        var me = await ConnectAsync();
        var result = await _network.ConnectAsync(ConnectRequest(me.Handle, "wrong"), CancellationToken.None);
        result.Problem!.Code.ShouldBe("sign_in_refused");
    }

    private static string Slice(string text, JsonElement index) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)[index.GetProperty("byteStart").GetInt32()..index.GetProperty("byteEnd").GetInt32()]);

    private static PublishRequest Request(string text) => new() { IdempotencyKey = $"{Ids.New()}-0", Text = text, Language = "en", MaySend = () => true };

    private async Task<RemotePost> PublishedAsync(ChannelConnection channel, string text, Func<PublishRequest, PublishRequest>? change = null) =>
        (await _network.PublishAsync(channel, change?.Invoke(Request(text)) ?? Request(text), CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;

    private static ConnectRequest ConnectRequest(string handle, string secret) => new()
    {
        OrganizationId = Ids.New(), ChannelId = Ids.New(), ServiceUrl = TestServers.Require("BLUESKY_PDS_URL"), Identifier = handle, Secret = secret, CallbackUrl = "", State = "",
    };

    private async Task<ChannelConnection> ConnectAsync()
    {
        var (url, handle) = (TestServers.Require("BLUESKY_PDS_URL"), $"t{Ids.New()[^14..]}.test");
        using var made = await Http.PostAsJsonAsync($"{url}/xrpc/com.atproto.server.createAccount", new { handle, email = $"{handle}@mail.test", password = "secret-123" });
        made.EnsureSuccessStatusCode();
        var account = (await _network.ConnectAsync(ConnectRequest("@" + handle, "secret-123"), CancellationToken.None)).Unwrap().ShouldBeOfType<ConnectStep.Connected>().Account;
        return new ChannelConnection
        {
            OrganizationId = Ids.New(), ChannelId = Ids.New(), RemoteAccountId = account.RemoteAccountId, Handle = account.Handle, ServiceUrl = account.ServiceUrl,
            Secrets = account.Secrets, Limits = _network.Descriptor.Limits,
        };
    }

    private static async Task<JsonElement> RecordAsync(ChannelConnection channel, RemotePost post)
    {
        var parts = post.Id.Split('/');
        var json = await Http.GetFromJsonAsync<JsonElement>($"{channel.ServiceUrl}/xrpc/com.atproto.repo.getRecord?repo={parts[2]}&collection={parts[3]}&rkey={parts[4]}");
        return json.GetProperty("value");
    }

    private static async Task<int> CountAsync(ChannelConnection channel) =>
        (await Http.GetFromJsonAsync<JsonElement>($"{channel.ServiceUrl}/xrpc/com.atproto.repo.listRecords?repo={channel.RemoteAccountId}&collection=app.bsky.feed.post")).GetProperty("records").GetArrayLength();
}
