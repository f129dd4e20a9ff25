using System.Net;
using Platform.Networks;
using Platform.Networks.Outbound;
using static Platform.Tests.Networks.Outbound.RawServer;

namespace Platform.Tests.Networks.Outbound;

/// <summary>What a URL given by a person or a model may not reach.</summary>
public sealed class GuardTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.216.34");

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    [InlineData("http://0177.0.0.1:{0}/")]
    [InlineData("http://127.1:{0}/")]
    [InlineData("http://0.0.0.0:{0}/")]
    [InlineData("http://[::1]:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://localhost:{0}/")]
    public async Task However_this_machine_is_written_it_is_not_called(string pattern)
    {
        await using var server = Answering(Response(200, "secret"));
        var url = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, server.Port);
        var answer = await OutboundClientTests.Client(allowPrivate: false).SendAsync(Get(new Uri(url)), CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Failed>().Failure.ShouldBe(OutboundFailure.Refused);
        server.Connections.ShouldBe(0);
    }

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    public async Task A_public_name_of_a_private_address_is_not_called(string address)
    {
        var answer = await OutboundClientTests.Client(new Resolver([IPAddress.Parse(address)]), allowPrivate: false).SendAsync(Get(new Uri("http://innocent.example/")), CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Failed>().Failure.ShouldBe(OutboundFailure.Refused);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_its_target_checked_like_the_first_address()
    {
        await using var server = Answering(Response(302, "", "Location: file:///etc/passwd"));
        var answer = await OutboundClientTests.Client().SendAsync(Get(server.Url()), CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Failed>().Failure.ShouldBe(OutboundFailure.Refused);
    }

    [Fact]
    public async Task A_redirect_to_a_private_address_is_not_followed()
    {
        await using var inner = Answering(Response(200, "secret"));
        var moved = new OutboundAnswer.Answered(302, new Dictionary<string, string> { ["Location"] = inner.Url().ToString() }, [], new Uri("https://a.example/"));
        Redirects.Next(Get(new Uri("https://a.example/")), moved).ShouldBeNull();
        var fromHttp = Redirects.Next(Get(new Uri("http://a.example/")), moved)!;
        var answer = await OutboundClientTests.Client(new Resolver([Public]), allowPrivate: false).SendAsync(fromHttp, CancellationToken.None);
        answer.ShouldBeOfType<OutboundAnswer.Failed>().Failure.ShouldBe(OutboundFailure.Refused);
        inner.Connections.ShouldBe(0);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_a_sixth_is_not()
    {
        await using var five = Chain(5);
        (await OutboundClientTests.Client().SendAsync(Get(five.Url()), CancellationToken.None)).ShouldBeOfType<OutboundAnswer.Answered>().Status.ShouldBe(200);
        await using var six = Chain(6);
        (await OutboundClientTests.Client().SendAsync(Get(six.Url()), CancellationToken.None)).ShouldBeOfType<OutboundAnswer.Failed>().Failure.ShouldBe(OutboundFailure.Refused);
    }

    [Fact]
    public void Secrets_stay_with_the_host_they_are_for()
    {
        var request = Get(new Uri("https://a.example/1")) with { Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer x", ["Accept"] = "text/html" } };
        Redirects.Next(request, Moved("https://a.example/2"))!.Headers.Keys.ShouldBe(["Authorization", "Accept"]);
        Redirects.Next(request, Moved("https://b.example/2"))!.Headers.Keys.ShouldBe(["Accept"]);
        Redirects.Next(request, Moved("https://a.example:8443/2"))!.Headers.Keys.ShouldBe(["Accept"]);
    }

    [Fact]
    public void A_redirect_from_https_to_http_is_not_followed() => Redirects.Next(Get(new Uri("https://a.example/1")), Moved("http://a.example/2")).ShouldBeNull();

    [Theory]
    [InlineData("not a url", "url_invalid")]
    [InlineData("javascript:alert(1)", "url_invalid")]
    [InlineData("file:///etc/passwd", "url_invalid")]
    [InlineData("http://169.254.169.254/latest/meta-data", "url_refused")]
    [InlineData("http://user:pw@example.com/", "url_refused")]
    public async Task A_page_that_may_not_be_read_is_a_problem_in_words(string url, string code)
    {
        var result = await new OutboundFetcher(OutboundClientTests.Client(new Resolver([Public]), allowPrivate: false)).FetchAsync(url, CancellationToken.None);
        result.Problem!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_page_is_read_as_text_in_its_own_charset()
    {
        await using var server = new RawServer(async e =>
        {
            await e.ReadRequestAsync();
            await e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Length: 4\r\nConnection: close\r\n\r\n");
            await e.WriteAsync([(byte)'c', (byte)'a', (byte)'f', 0xE9]);
        });
        var page = (await new OutboundFetcher(OutboundClientTests.Client()).FetchAsync(server.Url("/x").ToString(), CancellationToken.None)).Unwrap();
        (page.Text, page.ContentType).ShouldBe(("café", "text/html"));
    }

    [Fact]
    public async Task A_file_that_is_no_text_is_not_read_as_a_page()
    {
        await using var server = Answering(Response(200, "MZ", "Content-Type: application/octet-stream"));
        var result = await new OutboundFetcher(OutboundClientTests.Client()).FetchAsync(server.Url().ToString(), CancellationToken.None);
        result.Problem!.Code.ShouldBe("page_not_text");
    }

    private static RawServer Chain(int length) => new(async e =>
    {
        await e.ReadRequestAsync();
        await e.WriteAsync(e.Number <= length ? Response(302, "", $"Location: /{e.Number}") : Response(200, "there"));
    });

    private static OutboundAnswer.Answered Moved(string to) => new(302, new Dictionary<string, string> { ["Location"] = to }, [], new Uri("https://a.example/1"));

    private static OutboundRequest Get(Uri url) => new() { Name = "test", Method = HttpMethod.Get, Url = url, MaxRedirects = 5 };
}
