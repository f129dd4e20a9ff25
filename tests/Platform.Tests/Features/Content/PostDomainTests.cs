using FsCheck.Fluent;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;

namespace Platform.Tests.Features.Content;

public sealed class PostDomainTests
{
    [Fact]
    public void Every_publication_state_has_its_place() =>
        PostStates.Precedence.Order().ShouldBe(Enum.GetValues<PublicationState>().Order());

    [Theory]
    [InlineData(PublicationState.Published, PublicationState.Published, PublicationState.Published)]
    [InlineData(PublicationState.Failed, PublicationState.Published, PublicationState.Failed)]
    [InlineData(PublicationState.Unconfirmed, PublicationState.Failed, PublicationState.Unconfirmed)]
    [InlineData(PublicationState.Scheduled, PublicationState.Published, PublicationState.Scheduled)]
    [InlineData(PublicationState.Cancelled, PublicationState.Published, PublicationState.Published)]
    [InlineData(PublicationState.Draft, PublicationState.Published, PublicationState.Draft)]
    public void The_state_is_the_one_that_most_needs_a_person(PublicationState one, PublicationState other, PublicationState over)
    {
        PostStates.Over([one, other]).ShouldBe(over);
        PostStates.Over([other, one, other]).ShouldBe(over);
    }

    [Fact]
    public void A_post_without_publications_is_a_draft() => PostStates.Over([]).ShouldBe(PublicationState.Draft);

    [Fact]
    public void All_parts_may_come_in_the_parts()
    {
        var post = Normal(new NewPost { Text = " ", Parts = [new("one", ["a", "a"]), new("two", ["b"])] });
        post.Text.ShouldBe("one");
        post.MediaIds.ShouldBe(["a"]);
        post.Parts!.Single().Text.ShouldBe("two");
    }

    [Fact]
    public void Repeats_and_variants_of_other_channels_fall_away()
    {
        var post = Normal(new NewPost
        {
            Text = "x", ChannelIds = ["c", "c"], Labels = [" News ", "news", ""],
            Variants = new Dictionary<string, PostVariant> { ["c"] = new("for c"), ["d"] = new("for d") },
        });
        post.ChannelIds.ShouldBe(["c"]);
        post.Labels.ShouldBe(["News"]);
        post.Variants!.Keys.ShouldBe(["c"]);
    }

    public static TheoryData<string, NewPost> Wrong => new()
    {
        { "post_empty", new NewPost { Text = "  " } },
        { "post_empty", new NewPost { Text = "", Parts = [new("", [])] } },
        { "text_too_long", new NewPost { Text = new string('a', PostRules.MaxText + 1) } },
        { "text_too_long", new NewPost { Text = "x", Parts = [new(new string('a', PostRules.MaxText + 1), [])] } },
        { "too_many_parts", new NewPost { Text = "x", Parts = [.. Enumerable.Repeat(new PostPart("y", []), PostRules.MaxParts)] } },
        { "too_many_media", new NewPost { Text = "x", MediaIds = [.. Enumerable.Range(0, PostRules.MaxMedia + 1).Select(n => $"{n}")] } },
        { "too_many_channels", new NewPost { Text = "x", ChannelIds = [.. Enumerable.Range(0, PostRules.MaxChannels + 1).Select(n => $"{n}")] } },
        { "too_many_labels", new NewPost { Text = "x", Labels = [new string('l', 51)] } },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_without_end_or_empty_is_refused(string code, NewPost post) => PostRules.Normalise(post).Problem.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void The_same_words_are_the_same_whatever_case_and_spaces() => FsCheck.Check.QuickThrowOnFailure(FsCheck.Fluent.Prop.ForAll<string>(text =>
    {
        var words = text ?? "";
        return PostText.Key("c", words) == PostText.Key("c", $"  {words.Replace(" ", "\n ", StringComparison.Ordinal)} ") && PostText.Key("c", words) != PostText.Key("d", words);
    }));

    [Fact]
    public void Other_words_are_other_words() => PostText.Key("c", "Free coffee").ShouldNotBe(PostText.Key("c", "Free coffees"));

    private static NewPost Normal(NewPost post) => PostRules.Normalise(post).Unwrap();
}
