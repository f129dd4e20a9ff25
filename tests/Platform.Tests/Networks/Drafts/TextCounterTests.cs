using Platform.Networks;
using Platform.Networks.Drafts;

namespace Platform.Tests.Networks.Drafts;

public sealed class TextCounterTests
{
    private const string Family = "👨‍👩‍👧‍👦", Flag = "🇩🇪", Thumb = "👍🏽", Keycap = "1️⃣";

    [Theory]
    [InlineData("", 0, 0, 0, 0, 0)]
    [InlineData("hello", 5, 5, 5, 5, 5)]
    [InlineData(Family, 7, 1, 11, 2, 25)]
    [InlineData(Flag, 2, 1, 4, 2, 8)]
    [InlineData(Thumb, 2, 1, 4, 2, 8)]
    [InlineData(Keycap, 3, 1, 3, 2, 7)]
    [InlineData("❤️", 2, 1, 2, 2, 6)]
    [InlineData("e\u0301", 2, 1, 2, 1, 3)]
    [InlineData("日本語", 3, 3, 3, 6, 9)]
    [InlineData("한글", 2, 2, 2, 4, 6)]
    [InlineData("مرحبا", 5, 5, 5, 5, 10)]
    [InlineData("a\r\nb", 4, 3, 4, 4, 4)]
    [InlineData("…–“”", 4, 4, 4, 5, 12)]
    public void A_text_has_the_length_each_network_sees(string text, int characters, int graphemes, int utf16, int weighted, int bytes)
    {
        TextCounter.Plain(TextUnit.Characters, text).ShouldBe(characters, "code points");
        TextCounter.Plain(TextUnit.Graphemes, text).ShouldBe(graphemes, "graphemes");
        TextCounter.Plain(TextUnit.Utf16, text).ShouldBe(utf16, "UTF-16");
        TextCounter.Plain(TextUnit.Weighted, text).ShouldBe(weighted, "weighted");
        TextCounter.Plain(TextUnit.Bytes, text).ShouldBe(bytes, "bytes");
    }

    [Theory]
    [InlineData("https://example.com/a/very/long/address/that/goes/on?and=on#and-on-and-on", 23)]
    [InlineData("https://a.de", 23)]
    [InlineData("see https://a.de.", 4 + 23 + 1)]
    [InlineData("(https://a.de/x_(y)) http://b.de", 1 + 23 + 1 + 1 + 23)]
    public void A_link_counts_23_whatever_its_length(string text, int length)
    {
        TextCounter.Count(Mastodon, text).ShouldBe(length);
        TextCounter.Count(X, text).ShouldBe(length);
    }

    [Fact]
    public void A_link_counts_as_written_where_the_network_has_no_fixed_length() => TextCounter.Count(Mastodon with { UrlLength = 0 }, "https://a.de").ShouldBe(12);

    [Theory]
    [InlineData("@alice hi", 9)]
    [InlineData("@alice@social.example hi", 9)]
    [InlineData("mail a@b.de", 11)]
    public void The_server_of_a_remote_mention_is_not_counted(string text, int length) => TextCounter.Count(Mastodon, text).ShouldBe(length);

    internal static NetworkLimits Mastodon => new() { MaxText = 500, Unit = TextUnit.Graphemes, UrlLength = 23, FreeMentionDomains = true, CountsWarning = true };

    private static NetworkLimits X => new() { MaxText = 280, Unit = TextUnit.Weighted, UrlLength = 23 };
}
