using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Networks;
using Platform.Networks.Outbound;
using Platform.Tests.TestKit;
using static Platform.Tests.Networks.Outbound.RawServer;

namespace Platform.Tests.Networks.Outbound;

public sealed class OutboundClientTests
{
    [Fact]
    public async Task An_answer_arrives_with_status_headers_and_body()
    {
        await using var server = Answering(Response(201, """{"id":"7"}""", "X-Thing: yes"));
        var answer = await Client().SendAsync(Post(server), CancellationToken.None);
        var answered = answer.ShouldBeOfType<OutboundAnswer.Answered>();
        (answered.Status, answered.Headers["x-thing"], answered.Json!.Value.GetProperty("id").GetString()).ShouldBe((201, "yes", "7"));
    }

    [Fact]
    public async Task A_closed_gate_lets_no_byte_leave()
    {
        await using var server = new RawServer(e => e.ReadRequestAsync());
        var answer = await Client().SendAsync(Post(server) with { MaySend = () => false }, CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Failed>().Failure.ShouldBe(OutboundFailure.Withdrawn);
        server.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_gate_is_asked_after_the_connection_is_made()
    {
        await using var server = Answering(Response(200, "{}"));
        var connectionsWhenAsked = -1;
        await Client().SendAsync(Post(server) with { MaySend = () => { connectionsWhenAsked = SpinUntilConnected(server); return true; } }, CancellationToken.None);
        connectionsWhenAsked.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_connection_is_surely_not_sent()
    {
        var server = Answering("");
        var url = server.Url();
        await server.DisposeAsync();
        Kind(await Client().SendAsync(Post(url), CancellationToken.None)).ShouldBe(OutboundFailure.NotSent);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_surely_not_sent() =>
        Kind(await Client(new Resolver()).SendAsync(Post(new Uri("http://nowhere.example/")), CancellationToken.None)).ShouldBe(OutboundFailure.NotSent);

    [Fact]
    public async Task A_reset_after_the_request_was_sent_is_lost()
    {
        await using var server = new RawServer(async e => { await e.ReadRequestAsync(); e.Reset(); });
        Kind(await Client().SendAsync(Post(server), CancellationToken.None)).ShouldBe(OutboundFailure.Lost);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_off_answer_is_lost()
    {
        await using var server = new RawServer(async e => { await e.ReadRequestAsync(); await e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":"); });
        Kind(await Client().SendAsync(Post(server), CancellationToken.None)).ShouldBe(OutboundFailure.Lost);
    }

    [Fact]
    public async Task Silence_after_the_request_was_sent_is_lost_when_the_time_is_over()
    {
        var clock = new FakeClock();
        await using var server = new RawServer(async e => { await e.ReadRequestAsync(); await e.WaitForClientAsync(); });
        var sending = Client(clock: clock).SendAsync(Post(server), CancellationToken.None);
        await Eventually.TrueAsync(() => server.Received.Count == 1, "the request arrived");
        clock.Advance(TimeSpan.FromSeconds(31));
        Kind(await sending).ShouldBe(OutboundFailure.Lost);
    }

    [Fact]
    public async Task A_dripping_answer_ends_when_the_time_is_over()
    {
        var clock = new FakeClock();
        await using var server = new RawServer(async e =>
        {
            await e.ReadRequestAsync();
            await e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            for (var i = 0; i < 100_000; i++) { await e.WriteAsync("x"); clock.Advance(TimeSpan.FromSeconds(1)); }
        });
        Kind(await Client(clock: clock).SendAsync(Post(server), CancellationToken.None)).ShouldBe(OutboundFailure.Lost);
    }

    [Fact]
    public async Task Stopping_while_the_answer_is_awaited_is_lost_and_not_an_exception()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new RawServer(async e => { await e.ReadRequestAsync(); await stop.CancelAsync(); await e.WaitForClientAsync(); });
        Kind(await Client().SendAsync(Post(server), stop.Token)).ShouldBe(OutboundFailure.Lost);
    }

    [Fact]
    public async Task An_answer_that_unpacks_beyond_the_cap_is_cut_off()
    {
        var bomb = Gzip(new byte[20_000_000]);
        bomb.Length.ShouldBeLessThan(100_000);
        await using var server = new RawServer(async e =>
        {
            await e.ReadRequestAsync();
            await e.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\nConnection: close\r\n\r\n");
            await e.WriteAsync(bomb);
        });
        Kind(await Client().SendAsync(Post(server) with { MaxAnswerBytes = 1_000_000 }, CancellationToken.None)).ShouldBe(OutboundFailure.TooLarge);
    }

    [Fact]
    public async Task A_creating_call_never_follows_a_redirect()
    {
        await using var server = Answering(Response(307, "", "Location: /other"));
        var answer = await Client().SendAsync(Post(server) with { MaxRedirects = 5 }, CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Answered>().Status.ShouldBe(307);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_is_resolved_once_and_the_socket_goes_to_the_address_that_was_checked()
    {
        await using var server = Answering(Response(200, "{}"));
        var flips = new Resolver([IPAddress.Loopback], [IPAddress.Parse("192.0.2.1")]);
        var answer = await Client(flips).SendAsync(Post(server.Url("/", "rebind.example")), CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Answered>();
        flips.Asked.ShouldBe(1);
    }

    private static int SpinUntilConnected(RawServer server)
    {
        SpinWait.SpinUntil(() => server.Connections > 0, 5000);
        return server.Connections;
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) { gzip.Write(plain); }
        return packed.ToArray();
    }

    private static OutboundFailure Kind(OutboundAnswer answer) => answer.ShouldBeOfType<OutboundAnswer.Failed>().Failure;

    private static OutboundRequest Post(RawServer server) => Post(server.Url());

    private static OutboundRequest Post(Uri url) => new() { Name = "test", Method = HttpMethod.Post, Url = url, Body = () => new StringContent("""{"text":"hello"}""", Encoding.UTF8, "application/json") };

    internal static OutboundClient Client(IHostResolver? resolver = null, TimeProvider? clock = null, bool allowPrivate = true)
    {
        var options = Options.Create(new OutboundOptions { AllowPrivateNetworks = allowPrivate });
        return new OutboundClient(new GuardedConnector(resolver ?? new SystemHostResolver(), options), options, clock ?? TimeProvider.System);
    }
}

/// <summary>A name server under the test's control: each question gets the next answer, the last one for ever.</summary>
internal sealed class Resolver(params IPAddress[][] answers) : IHostResolver
{
    public int Asked { get; private set; }

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<IPAddress>>(answers.Length == 0 ? [] : answers[Math.Min(Asked++, answers.Length - 1)]);
}
