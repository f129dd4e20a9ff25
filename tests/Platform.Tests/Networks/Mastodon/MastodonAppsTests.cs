using Platform.Networks;
using Platform.Networks.Mastodon;
using Platform.Primitives;
using Platform.Tests.Networks.Outbound;
using static Platform.Tests.Networks.Outbound.RawServer;

namespace Platform.Tests.Networks.Mastodon;

/// <summary>One registration a server, made anew only where the server says that it knows it no more.</summary>
public sealed class MastodonAppsTests
{
    private const string Register = "POST /api/v1/apps", Ask = "POST /oauth/token";
    private readonly MastodonNetwork _network = MastodonWireTests.Network();

    [Theory]
    [InlineData(200, """{"access_token":"t"}""", 1)]
    [InlineData(400, """{"error":"unsupported_grant_type"}""", 1)]
    [InlineData(503, "busy", 1)]
    [InlineData(401, """{"error":"invalid_client"}""", 3)]
    [InlineData(400, """{"error":"invalid_client"}""", 3)]
    public async Task A_server_is_asked_to_register_us_once_unless_it_has_forgotten(int status, string body, int registrations)
    {
        await using var server = Routing((Register, Response(200, """{"client_id":"c1","client_secret":"s1"}""")), (Ask, Response(status, body)));
        for (var i = 0; i < 3; i++)
        {
            var step = (await _network.ConnectAsync(Connect(server.Url().ToString().TrimEnd('/')), CancellationToken.None)).Unwrap().ShouldBeOfType<ConnectStep.Redirect>();
            step.AuthorizeUrl.ShouldContain("client_id=c1");
        }
        server.Received.Count(r => r.StartsWith(Register, StringComparison.Ordinal)).ShouldBe(registrations);
    }

    [Fact]
    public async Task Another_address_to_come_back_to_is_another_registration()
    {
        await using var server = Routing((Register, Response(200, """{"client_id":"c1","client_secret":"s1"}""")), (Ask, Response(200, "{}")));
        await _network.ConnectAsync(Connect(server.Url().ToString().TrimEnd('/')), CancellationToken.None);
        await _network.ConnectAsync(Connect(server.Url().ToString().TrimEnd('/')) with { CallbackUrl = "https://other.example/callback" }, CancellationToken.None);
        server.Received.Count(r => r.StartsWith(Register, StringComparison.Ordinal)).ShouldBe(2);
    }

    private static ConnectRequest Connect(string server) => new() { OrganizationId = Ids.New(), ChannelId = Ids.New(), ServiceUrl = server, CallbackUrl = "http://127.0.0.1/callback", State = Ids.New() };
}
