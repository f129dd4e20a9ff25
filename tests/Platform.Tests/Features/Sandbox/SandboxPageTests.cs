using System.Net;
using AngleSharp.Html.Parser;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Tests.Features.Sandbox;

/// <summary>The public page as a stranger's browser gets it.</summary>
public sealed class SandboxPageTests(SandboxRig rig) : IClassFixture<SandboxRig>
{
    [Fact]
    public async Task Anyone_sees_the_posts_newest_first_with_pictures_links_parts_and_numbers_as_text()
    {
        var channel = await rig.ConnectAsync("Blue <b>Bakery</b>");
        var image = new MediaFile { Id = Ids.New(), ContentType = "image/png", Size = 1, AltText = "Warm \"bread\"", PublicUrl = "/media/x.png", OpenAsync = _ => throw new InvalidOperationException() };
        var first = await PublishedAsync(channel, SandboxRig.Request("Older https://example.com/a <script>alert(1)</script>") with { Media = [image] });
        await PublishedAsync(channel, SandboxRig.Request("and rolls") with { Root = first, Parent = first });
        rig.Clock.Advance(TimeSpan.FromMinutes(1));
        await PublishedAsync(channel, SandboxRig.Request("Newer"));
        using var client = rig.App.CreateClient();
        var html = await client.GetStringAsync($"/sandbox/{channel.Handle}");
        using var page = new HtmlParser().ParseDocument(html);
        page.QuerySelector("h1")!.TextContent.ShouldBe("Blue <b>Bakery</b>");
        var posts = page.QuerySelectorAll("article").ToList();
        posts.Select(p => p.QuerySelector(".user-text")!.TextContent).ShouldBe(["Newer", "Older https://example.com/a <script>alert(1)</script>"]);
        posts[1].QuerySelector("img")!.GetAttribute("alt").ShouldBe("Warm \"bread\"");
        posts[1].QuerySelectorAll(".user-text").Select(p => p.TextContent).ShouldContain("and rolls");
        posts[1].QuerySelector("footer")!.TextContent.ShouldContain("0");
    }

    [Fact]
    public async Task A_handle_that_nobody_has_is_a_404_in_words()
    {
        using var client = rig.App.CreateClient();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        using var answer = await client.GetAsync(new Uri("/sandbox/nobody", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        (page.QuerySelector("h1, h2")?.TextContent).ShouldNotBeNullOrWhiteSpace();
    }

    private async Task<RemotePost> PublishedAsync(ChannelConnection channel, PublishRequest request) =>
        (await rig.Network.PublishAsync(channel, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;
}
