using Platform.Networks;
using Platform.Networks.Bluesky;
using Platform.Primitives;
using Platform.Tests.Networks.Outbound;
using static Platform.Tests.Networks.Outbound.RawServer;

namespace Platform.Tests.Networks.Bluesky;

/// <summary>Against a double of the protocol on real sockets, which also refuses and fails.</summary>
public sealed class BlueskyWireTests
{
    private const string Create = "POST /xrpc/com.atproto.repo.createRecord", Upload = "POST /xrpc/com.atproto.repo.uploadBlob", Get = "GET /xrpc/com.atproto.repo.getRecord";
    private const string There = """{"uri":"at://did:plc:me/app.bsky.feed.post/3k","cid":"bafy1"}""";
    private static readonly string Missing = Response(400, """{"error":"RecordNotFound","message":"Could not locate record"}""");

    [Theory]
    [InlineData(400, "ExpiredToken", typeof(PublishOutcome.AuthExpired))]
    [InlineData(401, "ExpiredToken", typeof(PublishOutcome.AuthExpired))]
    [InlineData(400, "InvalidToken", typeof(PublishOutcome.NeedsReconnect))]
    [InlineData(401, "AuthMissing", typeof(PublishOutcome.NeedsReconnect))]
    [InlineData(401, "AuthenticationRequired", typeof(PublishOutcome.NeedsReconnect))]
    [InlineData(400, "AccountTakedown", typeof(PublishOutcome.Rejected))]
    [InlineData(400, "InvalidRequest", typeof(PublishOutcome.Rejected))]
    [InlineData(429, "RateLimitExceeded", typeof(PublishOutcome.RateLimited))]
    [InlineData(502, "UpstreamFailure", typeof(PublishOutcome.Unknown))]
    [InlineData(503, "NotEnoughResources", typeof(PublishOutcome.Transient))]
    public async Task An_error_is_read_by_its_field(int status, string error, Type outcome)
    {
        await using var server = Routing((Create, Response(status, $$"""{"error":"{{error}}","message":"no"}""")));
        (await SendAsync(server)).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task A_rate_limit_names_the_moment()
    {
        var reset = DateTimeOffset.UtcNow.AddMinutes(3).ToUnixTimeSeconds();
        await using var server = Routing((Create, Response(429, """{"error":"RateLimitExceeded"}""", $"RateLimit-Reset: {reset}")));
        (await SendAsync(server)).ShouldBeOfType<PublishOutcome.RateLimited>().Until!.Value.ToUnixTimeSeconds().ShouldBe(reset);
    }

    [Fact]
    public async Task A_500_is_settled_by_a_look_at_our_own_record_key()
    {
        await using var there = Routing((Create, Response(500, "{}")), (Get, Response(200, There)));
        (await SendAsync(there)).ShouldBeOfType<PublishOutcome.Published>().Post.ShouldBe(new RemotePost("at://did:plc:me/app.bsky.feed.post/3k", "https://bsky.app/profile/me.test/post/3k", "bafy1"));
        await using var absent = Routing((Create, Response(500, "{}")), (Get, Missing));
        (await SendAsync(absent)).ShouldBeOfType<PublishOutcome.Transient>();
        await using var deaf = Routing((Create, Response(500, "{}")), (Get, Response(503, "{}")));
        (await SendAsync(deaf)).ShouldBeOfType<PublishOutcome.Unknown>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 90\r\nConnection: close\r\n\r\n{\"uri\":")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 21\r\nConnection: close\r\n\r\n{\"uri\":\"\",\"cid\":\"b1\"}")]
    public async Task An_answer_that_does_not_say_what_was_made_is_unknown_and_the_record_tells(string? answer)
    {
        await using var server = Routing((Create, answer), (Get, Response(200, There)));
        (await SendAsync(server)).ShouldBeOfType<PublishOutcome.Unknown>();
        (await Network().FindAsync(Channel(server), Request(), default, CancellationToken.None)).ShouldBeOfType<LookupOutcome.Found>();
    }

    [Fact]
    public async Task A_closed_gate_stops_before_the_record_and_nothing_of_it_arrives()
    {
        await using var server = Routing((Create, Response(200, There)));
        (await Network().PublishAsync(Channel(server), Request() with { MaySend = () => false }, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Withdrawn>();
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_upload_makes_no_post()
    {
        await using var server = Routing((Upload, Response(500, "{}")), (Create, Response(200, There)));
        (await Network().PublishAsync(Channel(server), Request() with { Media = [Picture()] }, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Transient>();
        server.Received.ShouldNotContain(r => r.StartsWith(Create, StringComparison.Ordinal));
        await using var strict = Routing((Upload, Response(400, """{"error":"BlobTooLarge","message":"too large"}""")));
        (await Network().PublishAsync(Channel(strict), Request() with { Media = [Picture()] }, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Rejected>().Code.ShouldBe("media_too_large");
    }

    [Theory]
    [InlineData(400, "ExpiredToken", typeof(RefreshOutcome.NeedsReconnect))]
    [InlineData(401, "AuthenticationRequired", typeof(RefreshOutcome.NeedsReconnect))]
    [InlineData(500, "InternalServerError", typeof(RefreshOutcome.Transient))]
    [InlineData(429, "RateLimitExceeded", typeof(RefreshOutcome.Transient))]
    public async Task Only_a_refusal_of_the_grant_disconnects(int status, string error, Type outcome)
    {
        await using var server = Routing(("POST /xrpc/com.atproto.server.refreshSession", Response(status, $$"""{"error":"{{error}}"}""")));
        (await Network().RefreshAsync(Channel(server), CancellationToken.None)).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task A_refresh_that_returns_no_refresh_token_keeps_the_old_one()
    {
        await using var server = Routing(("POST /xrpc/com.atproto.server.refreshSession", Response(200, """{"accessJwt":"new","refreshJwt":""}""")));
        var secrets = (await Network().RefreshAsync(Channel(server), CancellationToken.None)).ShouldBeOfType<RefreshOutcome.Refreshed>().Secrets;
        (secrets.AccessToken, secrets.RefreshToken).ShouldBe(("new", "refresh"));
    }

    [Fact]
    public async Task Numbers_come_from_the_app_view_and_what_it_does_not_say_is_null()
    {
        await using var server = Routing(("GET /xrpc/app.bsky.feed.getPosts", Response(200, """{"posts":[{"uri":"at://a","likeCount":3,"replyCount":1,"repostCount":2,"quoteCount":1},{"uri":"at://b"}]}""")));
        var numbers = (await Network().GetMetricsAsync(Channel(server), [new("at://a", null), new("at://b", null)], CancellationToken.None)).Unwrap();
        numbers.ShouldBe([new PostMetrics("at://a", 3, 1, 3, null, null), new PostMetrics("at://b", null, null, null, null, null)]);
    }

    [Fact]
    public async Task Replies_of_others_are_read_at_every_depth_and_our_own_parts_are_not_replies()
    {
        const string Thread = """
            {"thread":{"post":{"uri":"at://root"},"replies":[
              {"post":{"uri":"at://x/y/2","author":{"did":"did:o","handle":"o.test","displayName":"O"},"record":{"text":"second","createdAt":"2026-01-02T00:00:00Z"}},
               "replies":[{"post":{"uri":"at://x/y/3","author":{"did":"did:p","handle":"p.test"},"record":{"text":"third","createdAt":"2026-01-03T00:00:00Z"}}}]},
              {"post":{"uri":"at://x/y/1","author":{"did":"did:plc:me","handle":"me.test"},"record":{"text":"mine","createdAt":"2026-01-01T00:00:00Z"}}},
              {"notFound":true}]}}
            """;
        await using var server = Routing(("GET /xrpc/app.bsky.feed.getPostThread", Response(200, Thread)));
        var replies = (await Network().GetRepliesAsync(Channel(server), new("at://root", null), CancellationToken.None)).Unwrap();
        replies.Select(r => (r.Text, r.AuthorHandle, r.AuthorName)).ShouldBe([("second", "o.test", "O"), ("third", "p.test", "p.test")]);
    }

    [Theory]
    [InlineData(401, "AuthenticationRequired", "sign_in_refused")]
    [InlineData(401, "AuthFactorTokenRequired", "app_password_needed")]
    [InlineData(429, "RateLimitExceeded", "too_many_sign_ins")]
    [InlineData(500, "InternalServerError", "connect_failed")]
    public async Task A_refused_sign_in_says_what_to_do(int status, string error, string code)
    {
        await using var server = Routing(("POST /xrpc/com.atproto.server.createSession", Response(status, $$"""{"error":"{{error}}","message":"no"}""")));
        var request = new ConnectRequest { OrganizationId = Ids.New(), ChannelId = Ids.New(), ServiceUrl = server.Url().ToString(), Identifier = "me.test", Secret = "x", CallbackUrl = "", State = "" };
        (await Network().ConnectAsync(request, CancellationToken.None)).Problem!.Code.ShouldBe(code);
    }

    private static Task<PublishOutcome> SendAsync(RawServer server) => Network().PublishAsync(Channel(server), Request(), CancellationToken.None);

    internal static BlueskyNetwork Network()
    {
        var xrpc = new Xrpc(OutboundClientTests.Client());
        var publisher = new BlueskyPublisher(xrpc, TimeProvider.System);
        return new BlueskyNetwork(xrpc, publisher, new BlueskyReader(xrpc, publisher));
    }

    private static PublishRequest Request() => new() { IdempotencyKey = "01901234567890abcdef01234567890a-0", Text = "Hello", MaySend = () => true };

    private static MediaFile Picture() => new() { Id = "m", ContentType = "image/png", Size = 3, OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream("png"u8.ToArray())) };

    private static ChannelConnection Channel(RawServer server) => new()
    {
        OrganizationId = Ids.New(), ChannelId = Ids.New(), RemoteAccountId = "did:plc:me", Handle = "me.test", ServiceUrl = server.Url().ToString().TrimEnd('/'),
        Secrets = new ChannelSecrets { AccessToken = "access", RefreshToken = "refresh" }, Limits = BlueskyDescriptor.Value.Limits,
    };
}
