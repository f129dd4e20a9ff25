using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Networks;
using Platform.Networks.Outbound;
using Platform.Tests.Networks.Outbound;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>S7: whatever address a person gives, and however it is written, nothing private is called; at each entrance that takes one, over HTTP.</summary>
public sealed class SsrfTests(ITestOutputHelper output)
{
    /// <summary>{0} is the port of a server on this machine that must hear nothing.</summary>
    private static readonly string[] Forms =
    [
        "http://127.0.0.1:{0}", "http://localhost:{0}", "http://LOCALHOST.:{0}", "http://2130706433:{0}", "http://0x7f000001:{0}", "http://0x7f.0.0.1:{0}", "http://0177.0.0.1:{0}", "http://127.1:{0}", "http://127.0.1:{0}", "http://0:{0}", "http://0.0.0.0:{0}",
        "http://[::1]:{0}", "http://[::]:{0}", "http://[::ffff:127.0.0.1]:{0}", "http://[::ffff:7f00:1]:{0}", "http://[0:0:0:0:0:0:0:1]:{0}", "http://[64:ff9b::7f00:1]:{0}", "http://[2002:7f00:1::]:{0}", "http://127.255.255.254:{0}", "http://10.0.0.1:{0}",
        "http://172.16.0.1:{0}", "http://192.168.0.1:{0}", "http://100.64.0.1:{0}", "http://169.254.169.254", "http://[fe80::1]:{0}", "http://[fd00:ec2::254]", "http://198.18.0.1:{0}", "http://224.0.0.1:{0}", "http://255.255.255.255:{0}", "http://inner.example:{0}",
        "http://metadata.example:{0}", "http://user:pw@127.0.0.1:{0}", "http://example.com@127.0.0.1:{0}", "http://127.0.0.1:{0}#@example.com", "http://①②⑦.⓪.⓪.①:{0}", "https://127.0.0.1:{0}", "file:///etc/passwd", "gopher://127.0.0.1:{0}/_x", "ftp://127.0.0.1:{0}", "dict://127.0.0.1:{0}", "jar:http://127.0.0.1:{0}!/",
    ];

    [Fact]
    public async Task S7_no_entrance_reaches_a_private_address()
    {
        var checks = new Checks("S7", output);
        await using var server = RawServer.Answering(RawServer.Response(200, "{\"secret\":\"inner-canary\"}", "Content-Type: text/html"));
        using var app = App(allowPrivate: false);
        var person = await app.SignUpAsync();
        var channel = await Features.Content.ContentFixture.ConnectAsync(person);
        foreach (var form in Forms)
        {
            var url = string.Format(CultureInfo.InvariantCulture, form, server.Port);
            foreach (var (entrance, path, body) in Entrances(url, channel))
            {
                var answer = await person.Client.PostAsJsonAsync(path, body);
                var text = await answer.Content.ReadAsStringAsync();
                checks.That((int)answer.StatusCode is >= 400 and < 500 or 502, () => $"{entrance} with {url}: {(int)answer.StatusCode} {text}");
                checks.That(!text.Contains("inner-canary", StringComparison.Ordinal), () => $"{entrance} with {url}: shows what is inside");
                checks.That(server.Connections == 0, () => $"{entrance} with {url}: called this machine");
            }
        }
        checks.Report(nameof(S7_no_entrance_reaches_a_private_address));
    }

    [Fact]
    public async Task S7_a_redirect_leads_to_no_private_address()
    {
        var checks = new Checks("S7", output);
        await using var server = RawServer.Answering(RawServer.Response(200, "secret"));
        var client = OutboundClientTests.Client(new Names(), allowPrivate: false);
        foreach (var form in Forms)
        {
            foreach (var status in (int[])[301, 302, 303, 307, 308])
            {
                var to = string.Format(CultureInfo.InvariantCulture, form, server.Port);
                var request = new OutboundRequest { Name = "test", Method = HttpMethod.Get, Url = new Uri("http://a.example/"), MaxRedirects = 5 };
                var next = Redirects.Next(request, new OutboundAnswer.Answered(status, new Dictionary<string, string> { ["Location"] = to }, [], request.Url));
                var answer = next is null ? null : await client.SendAsync(next, CancellationToken.None);
                checks.That(answer is null or OutboundAnswer.Failed, () => $"{status} to {to} is followed");
                checks.That(server.Connections == 0, () => $"{status} to {to} called this machine");
            }
        }
        checks.Report(nameof(S7_a_redirect_leads_to_no_private_address));
    }

    /// <summary>The control: with private networks allowed each entrance does call the server, so its silence above means something.</summary>
    [Fact]
    public async Task S7_the_entrances_are_real()
    {
        var checks = new Checks("S7", output);
        using var app = App(allowPrivate: true);
        var person = await app.SignUpAsync();
        var channel = await Features.Content.ContentFixture.ConnectAsync(person);
        foreach (var at in Enumerable.Range(0, Entrances("", channel).Count))
        {
            await using var server = RawServer.Answering(RawServer.Response(200, "<p>words</p>", "Content-Type: text/html"));
            var (entrance, path, body) = Entrances($"http://127.0.0.1:{server.Port}", channel)[at];
            await person.Client.PostAsJsonAsync(path, body);
            checks.That(server.Connections > 0, () => $"{entrance} calls nothing: its row proves nothing");
        }
        checks.Report(nameof(S7_the_entrances_are_real));
    }

    private static List<(string Entrance, string Path, object Body)> Entrances(string url, string channel) =>
    [
        ("connect Bluesky", "/api/v1/social-accounts/connect", new { network = "bluesky", serviceUrl = url, identifier = "a.example", secret = "app-password" }),
        ("connect Mastodon", "/api/v1/social-accounts/connect", new { network = "mastodon", serviceUrl = url }),
        ("connect Sandbox", "/api/v1/social-accounts/connect", new { network = "sandbox", serviceUrl = url }),
        ("reconnect", $"/api/v1/social-accounts/{channel}/reconnect", new { serviceUrl = url }),
        ("page for a draft", "/api/v1/ai/generate-content", new { url, channelIds = new[] { channel } }),
    ];

    private static PlatformApp App(bool allowPrivate) => new PlatformApp().With("Outbound:AllowPrivateNetworks", allowPrivate ? "true" : "false")
        .With(services => services.Replace(ServiceDescriptor.Singleton<IHostResolver>(new Names())));

    // Names whose owner points them at private addresses; every other name does not exist, so that no test calls the world.
    private sealed class Names : IHostResolver
    {
        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) => host.TrimEnd('.').ToLowerInvariant() switch
        {
            "inner.example" => Answer("93.184.216.34", "127.0.0.1"),
            "metadata.example" => Answer("169.254.169.254"),
            "localhost" => Answer("127.0.0.1", "::1"),
            var name when IPAddress.TryParse(name.Trim('[', ']'), out var literal) => Task.FromResult<IReadOnlyList<IPAddress>>([literal]),
            _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
        };

        private static Task<IReadOnlyList<IPAddress>> Answer(params string[] addresses) => Task.FromResult<IReadOnlyList<IPAddress>>([.. addresses.Select(IPAddress.Parse)]);
    }
}
