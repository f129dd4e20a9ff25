using Platform.Networks;
using Platform.Networks.Mastodon;
using Platform.Primitives;
using Platform.Tests.Networks.Outbound;
using static Platform.Tests.Networks.Outbound.RawServer;

namespace Platform.Tests.Networks.Mastodon;

/// <summary>Changing a status, against a double that also refuses and falls silent.</summary>
public sealed class MastodonEditTests
{
    private const string Read = "GET /api/v1/statuses/42", Change = "PUT /api/v1/statuses/42";
    private const string Old = """{"id":"42","content":"<p>old</p>","sensitive":true,"spoiler_text":"careful","language":"de","media_attachments":[{"id":"m1"},{"id":"m2"}]}""";
    private const string New = """{"id":"42","content":"<p>new <a href=\"https://a.de\"><span class=\"invisible\">https://</span>a.de</a></p>"}""";
    private static readonly EditRequest Asked = new(new("42", "https://m.example/@me/42"), "new https://a.de", () => true);

    [Fact]
    public async Task The_status_is_sent_back_as_it_is_with_the_new_text()
    {
        await using var server = Routing((Change, Response(200, New)), (Read, Response(200, Old)));
        (await EditAsync(server)).ShouldBeOfType<PublishOutcome.Published>().Post.ShouldBe(Asked.Post);
        var sent = server.Received[^1];
        foreach (var part in new[] { "\"status\":\"new https://a.de\"", "\"media_ids\":[\"m1\",\"m2\"]", "\"sensitive\":true", "\"spoiler_text\":\"careful\"", "\"language\":\"de\"" }) { sent.ShouldContain(part); }
        server.Received.ShouldNotContain(r => r.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(401, typeof(PublishOutcome.NeedsReconnect))]
    [InlineData(403, typeof(PublishOutcome.Rejected))]
    [InlineData(404, typeof(PublishOutcome.Rejected))]
    [InlineData(422, typeof(PublishOutcome.Rejected))]
    [InlineData(429, typeof(PublishOutcome.RateLimited))]
    [InlineData(500, typeof(PublishOutcome.Unknown))]
    [InlineData(503, typeof(PublishOutcome.Transient))]
    [InlineData(504, typeof(PublishOutcome.Unknown))]
    public async Task An_answer_means_what_the_table_says(int status, Type outcome)
    {
        await using var server = Routing((Change, Response(status, """{"error":"no"}""")), (Read, Response(200, Old)));
        (await EditAsync(server)).ShouldBeOfType(outcome);
        server.Received.Count(r => r.StartsWith(Change, StringComparison.Ordinal)).ShouldBe(1, "it is never called twice");
    }

    [Theory]
    [InlineData(404, typeof(PublishOutcome.Rejected))]
    [InlineData(500, typeof(PublishOutcome.Transient))]
    public async Task A_status_that_cannot_be_read_is_not_changed(int status, Type outcome)
    {
        await using var server = Routing((Change, Response(200, New)), (Read, Response(status, "{}")));
        (await EditAsync(server)).ShouldBeOfType(outcome);
        server.Received.ShouldNotContain(r => r.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_yes_that_shows_the_old_text_is_not_believed()
    {
        await using var server = Routing((Change, Response(200, Old)), (Read, Response(200, Old)));
        (await EditAsync(server)).ShouldBeOfType<PublishOutcome.Unknown>();
    }

    [Theory]
    [InlineData(200, New, typeof(LookupOutcome.Found))]
    [InlineData(200, Old, typeof(LookupOutcome.Absent))]
    [InlineData(404, "{}", typeof(LookupOutcome.Absent))]
    [InlineData(503, "{}", typeof(LookupOutcome.Unsure))]
    public async Task Reading_back_says_what_the_server_shows(int status, string body, Type outcome)
    {
        await using var server = Routing((Read, Response(status, body)));
        (await MastodonWireTests.Network().FindEditAsync(Channel(server), Asked, CancellationToken.None)).ShouldBeOfType(outcome);
    }

    private static Task<PublishOutcome> EditAsync(RawServer server) => MastodonWireTests.Network().EditAsync(Channel(server), Asked, CancellationToken.None);

    private static ChannelConnection Channel(RawServer server) => new()
    {
        OrganizationId = Ids.New(), ChannelId = Ids.New(), RemoteAccountId = "7", Handle = "me", ServiceUrl = server.Url().ToString().TrimEnd('/'),
        Secrets = new ChannelSecrets { AccessToken = "t" }, Limits = MastodonDescriptor.Value.Limits,
    };
}
