using Platform.Networks;
using Platform.Networks.Mastodon;
using Platform.Primitives;
using Platform.Tests.Networks.Outbound;
using Platform.Tests.TestKit;
using static Platform.Tests.Networks.Outbound.RawServer;

namespace Platform.Tests.Networks.Mastodon;

/// <summary>Against a double of the API on real sockets, which also refuses and fails.</summary>
public sealed class MastodonWireTests
{
    private const string Create = "POST /api/v1/statuses", Upload = "POST /api/v2/media", Listing = "GET /api/v1/accounts/7/statuses";
    private const string Made = """{"id":"42","url":"https://m.example/@me/42"}""";
    private static readonly DateTimeOffset SentAt = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(401, typeof(PublishOutcome.NeedsReconnect))]
    [InlineData(403, typeof(PublishOutcome.Rejected))]
    [InlineData(422, typeof(PublishOutcome.Rejected))]
    [InlineData(429, typeof(PublishOutcome.RateLimited))]
    [InlineData(500, typeof(PublishOutcome.Unknown))]
    [InlineData(502, typeof(PublishOutcome.Unknown))]
    [InlineData(503, typeof(PublishOutcome.Transient))]
    [InlineData(504, typeof(PublishOutcome.Unknown))]
    public async Task An_answer_means_what_the_table_says(int status, Type outcome)
    {
        await using var server = Routing((Create, Response(status, """{"error":"no"}""")));
        (await SendAsync(server, Request())).ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task A_rate_limit_names_the_moment_as_an_iso_date()
    {
        var reset = new DateTimeOffset(DateTimeOffset.UtcNow.AddMinutes(4).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        await using var server = Routing((Create, Response(429, "{}", $"X-RateLimit-Reset: {reset:yyyy-MM-ddTHH:mm:ss.ffffffZ}")));
        (await SendAsync(server, Request())).ShouldBeOfType<PublishOutcome.RateLimited>().Until.ShouldBe(reset);
    }

    [Fact]
    public async Task The_idempotency_key_is_the_publication_s_own_on_every_attempt()
    {
        await using var server = Routing((Create, Response(200, Made)));
        await SendAsync(server, Request());
        await SendAsync(server, Request());
        server.Received.Count(r => r.Contains("Idempotency-Key: key-0", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Visibility_warning_language_and_parent_are_sent()
    {
        await using var server = Routing((Create, Response(200, Made)));
        await SendAsync(server, Request() with { Visibility = "unlisted", ContentWarning = "spoiler", Language = "de", Parent = new("41", null), Root = new("40", null) });
        var sent = server.Received.Single();
        foreach (var part in new[] { "\"visibility\":\"unlisted\"", "\"spoiler_text\":\"spoiler\"", "\"sensitive\":true", "\"language\":\"de\"", "\"in_reply_to_id\":\"41\"" }) { sent.ShouldContain(part); }
    }

    [Fact]
    public async Task A_missing_parent_is_said_as_such()
    {
        await using var server = Routing((Create, Response(404, """{"error":"Record not found"}""")));
        (await SendAsync(server, Request() with { Parent = new("41", null) })).ShouldBeOfType<PublishOutcome.Rejected>().Code.ShouldBe("parent_missing");
    }

    [Fact]
    public async Task Media_that_are_still_processed_are_waited_for_before_the_post_is_made()
    {
        var checks = 0;
        await using var server = new RawServer(async e =>
        {
            var request = await e.ReadRequestAsync();
            await e.WriteAsync(request switch
            {
                _ when request.StartsWith(Upload, StringComparison.Ordinal) => Response(202, """{"id":"m1"}"""),
                _ when request.StartsWith("GET /api/v1/media/m1", StringComparison.Ordinal) => ++checks < 3 ? Response(206, """{"id":"m1"}""") : Response(200, """{"id":"m1","url":"x"}"""),
                _ => Response(200, Made),
            });
        });
        var clock = new FakeClock();
        var sending = Network(clock).PublishAsync(Channel(server), Request() with { Media = [Pictures.One("a cat")] }, CancellationToken.None);
        await Eventually.TrueAsync(() => { clock.Advance(TimeSpan.FromSeconds(1.5)); return sending.IsCompleted; }, "the post was sent", 20);
        (await sending).ShouldBeOfType<PublishOutcome.Published>();
        checks.ShouldBe(3);
        server.Received[0].ShouldContain("a cat");
        server.Received[^1].ShouldContain("\"media_ids\":[\"m1\"]");
    }

    [Fact]
    public async Task A_refused_file_makes_no_post()
    {
        await using var server = Routing((Upload, Response(422, """{"error":"Validation failed: File content type is invalid"}""")), (Create, Response(200, Made)));
        (await SendAsync(server, Request() with { Media = [Pictures.One("x")] })).ShouldBeOfType<PublishOutcome.Rejected>();
        server.Received.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1, typeof(LookupOutcome.Found))]
    [InlineData(2, typeof(LookupOutcome.Unsure))]
    [InlineData(0, typeof(LookupOutcome.Absent))]
    public async Task A_lost_post_is_found_by_its_text_only_where_there_is_no_doubt(int copies, Type outcome)
    {
        const string Same = """{"id":"1","created_at":"2026-11-22T09:00:05Z","in_reply_to_id":null,"media_attachments":[],"content":"<p>Hello <span class=\"h-card\"><a href=\"x\">@<span>bob</span></a></span><br />see <a href=\"https://a.de/b\"><span class=\"invisible\">https://</span><span>a.de/b</span></a></p>"}""";
        const string Older = """{"id":"0","created_at":"2026-11-22T08:00:00Z","media_attachments":[],"content":"<p>Hello @bob see https://a.de/b</p>"}""";
        await using var server = Routing((Listing, Response(200, $"[{string.Join(',', Enumerable.Repeat(Same, copies).Append(Older))}]")));
        var lookup = await Network().FindAsync(Channel(server), Request() with { Text = "Hello @bob@m.example\nsee https://a.de/b" }, SentAt, CancellationToken.None);
        lookup.ShouldBeOfType(outcome);
    }

    [Fact]
    public async Task A_server_that_cannot_be_asked_leaves_the_question_open()
    {
        await using var server = Routing((Listing, Response(503, "{}")));
        (await Network().FindAsync(Channel(server), Request(), SentAt, CancellationToken.None)).ShouldBeOfType<LookupOutcome.Unsure>();
    }

    [Fact]
    public async Task Limits_are_read_from_the_server_and_fall_back_to_the_older_address()
    {
        const string Account = """{"id":"7","username":"me","display_name":""}""";
        await using var newer = Routing(("GET /api/v1/accounts/verify_credentials", Response(200, Account)),
            ("GET /api/v2/instance", Response(200, """{"configuration":{"statuses":{"max_characters":1000,"characters_reserved_per_url":20,"max_media_attachments":8},"media_attachments":{"image_size_limit":5,"supported_mime_types":["image/png","audio/ogg"]}}}""")));
        var limits = await LimitsAsync(newer);
        (limits.MaxText, limits.UrlLength, limits.MaxImages, limits.MaxImageBytes, limits.MediaTypes.Single()).ShouldBe((1000, 20, 8, 5, "image/png"));
        await using var older = Routing(("GET /api/v1/accounts/verify_credentials", Response(200, Account)), ("GET /api/v1/instance", Response(200, """{"configuration":{"statuses":{"max_characters":700}}}""")));
        (await LimitsAsync(older)).MaxText.ShouldBe(700);
        await using var silent = Routing(("GET /api/v1/accounts/verify_credentials", Response(200, Account)));
        (await LimitsAsync(silent)).ShouldBe(MastodonDescriptor.Value.Limits);
    }

    [Fact]
    public async Task A_callback_that_was_not_begun_here_is_refused_before_anything_is_sent()
    {
        await using var server = Routing();
        var flow = new ConnectFlow(server.Url().ToString().TrimEnd('/'), "https://us/callback", new Dictionary<string, string> { ["clientId"] = "c", ["clientSecret"] = "s", ["verifier"] = "v", ["state"] = "right" });
        (await Network().CompleteConnectAsync(flow, new Dictionary<string, string> { ["code"] = "x", ["state"] = "wrong" }, CancellationToken.None)).Problem!.Code.ShouldBe("callback_invalid");
        (await Network().CompleteConnectAsync(flow, new Dictionary<string, string> { ["error"] = "access_denied", ["state"] = "right" }, CancellationToken.None)).Problem!.Code.ShouldBe("access_denied");
        server.Received.ShouldBeEmpty();
    }

    private static async Task<NetworkLimits> LimitsAsync(RawServer server) =>
        (await Network().CheckAsync(Channel(server), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Healthy>().Account.Limits!;

    private static Task<PublishOutcome> SendAsync(RawServer server, PublishRequest request) => Network().PublishAsync(Channel(server), request, CancellationToken.None);

    internal static MastodonNetwork Network(TimeProvider? clock = null)
    {
        var client = new MastodonClient(OutboundClientTests.Client(clock: clock));
        return new MastodonNetwork(client, new MastodonSignIn(client, new MastodonApps(client, new PassingNetworkApps()), new InstanceLimits(client)), new MastodonPublisher(client, clock ?? TimeProvider.System), new MastodonEditor(client, clock ?? TimeProvider.System), new MastodonReader(client));
    }

    private static PublishRequest Request() => new() { IdempotencyKey = "key-0", Text = "Hello", MaySend = () => true };

    private static ChannelConnection Channel(RawServer server) => new()
    {
        OrganizationId = Ids.New(), ChannelId = Ids.New(), RemoteAccountId = "7", Handle = "me", ServiceUrl = server.Url().ToString().TrimEnd('/'),
        Secrets = new ChannelSecrets { AccessToken = "t" }, Limits = MastodonDescriptor.Value.Limits,
    };
}
