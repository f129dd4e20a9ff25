using Platform.Networks;

namespace Platform.Tests.Networks;

public sealed class TextSpansTests
{
    [Theory]
    [InlineData("read https://example.com/a.", "https://example.com/a")]
    [InlineData("(see https://example.com/a_(b))", "https://example.com/a_(b)")]
    [InlineData("https://example.com/?q=1&r=2#x!", "https://example.com/?q=1&r=2#x")]
    [InlineData("\"https://example.com\"", "https://example.com")]
    [InlineData("HTTPS://EXAMPLE.COM/x", "HTTPS://EXAMPLE.COM/x")]
    public void A_link_ends_where_a_reader_says_it_ends(string text, string link) => One(text).ShouldBe((TextSpanKind.Link, link));

    [Theory]
    [InlineData("hi @alice.bsky.social, look", "alice.bsky.social")]
    [InlineData("hi @alice@social.example.", "alice@social.example")]
    [InlineData("@bob", "bob")]
    public void A_mention_is_found_with_its_server(string text, string who) => One(text).ShouldBe((TextSpanKind.Mention, who));

    [Theory]
    [InlineData("so #schön!", "schön")]
    [InlineData("#日本", "日本")]
    [InlineData("#c4t", "c4t")]
    public void A_hashtag_is_found_in_any_script(string text, string tag) => One(text).ShouldBe((TextSpanKind.Hashtag, tag));

    [Theory]
    [InlineData("mail me at a@b.example")]
    [InlineData("we are #1")]
    [InlineData("a#b and x/#y")]
    [InlineData("no link: https://")]
    [InlineData("C# and F#")]
    public void What_is_no_mark_is_left_alone(string text) => TextSpans.Marks(text).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("👋 @a.b #c https://d.example/e?f=g h")]
    [InlineData("#a#b@c https://x.y@z")]
    public void The_pieces_make_up_the_whole_text(string text)
    {
        string.Concat(TextSpans.Of(text).Select(s => s.Text)).ShouldBe(text);
        TextSpans.Of(text).ShouldAllBe(s => text.Substring(s.Start, s.Text.Length) == s.Text);
    }

    private static (TextSpanKind, string) One(string text)
    {
        var mark = TextSpans.Marks(text).ShouldHaveSingleItem();
        return (mark.Kind, mark.Value);
    }
}
