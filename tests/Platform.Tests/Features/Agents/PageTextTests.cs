using Platform.Features.Agents.Agents;
using Platform.Networks;

namespace Platform.Tests.Features.Agents;

/// <summary>What is read of a page: its prose, and nothing that acts.</summary>
public sealed class PageTextTests
{
    [Fact]
    public void The_prose_is_kept_and_the_noise_is_not()
    {
        var page = Read("""
            <html><head><title>Ignored</title><meta property="og:title" content="Rhine swim"><meta name="description" content="All about the swim."></head>
            <body><nav><p>Home</p></nav><script>alert(1)</script><style>p{}</style><p hidden>secret</p>
            <article><h1>The Rhine swim</h1><p>It is on   18 August.</p><p>It is on   18 August.</p><ul><li>Free</li></ul></article><footer><p>Imprint</p></footer></body></html>
            """);
        page.Title.ShouldBe("Rhine swim");
        page.Text.ShouldBe("All about the swim.\nThe Rhine swim\nIt is on 18 August.\nFree");
    }

    [Fact]
    public void A_page_without_paragraphs_gives_its_words() => Read("<body><div>Just <b>words</b></div></body>").Text.ShouldBe("Just words");

    [Fact]
    public void A_page_of_scripts_gives_nothing() => Read("<body><script>app()</script></body>").Text.ShouldBe("");

    [Fact]
    public void Plain_text_is_taken_as_it_is() => PageText.Of(new("https://example.com/a.txt", "text/plain", "One.\u202E Two.")).Text.ShouldBe("One. Two.");

    [Fact]
    public void A_long_page_is_cut() => Read($"<p>{string.Join("</p><p>", Enumerable.Range(0, 5_000).Select(i => $"Paragraph {i}."))}</p>").Text.Length.ShouldBeLessThanOrEqualTo(12_000);

    private static PageText Read(string html) => PageText.Of(new("https://example.com/", "text/html", html));
}
