using Platform.Networks;
using Platform.Networks.Drafts;

namespace Platform.Tests.Networks.Drafts;

public sealed class DraftRulesTests
{
    private static readonly DraftRules Rules = new();

    [Fact]
    public void A_text_at_the_limit_passes_and_one_over_it_does_not()
    {
        Codes(Part(new string('a', 300))).ShouldBeEmpty();
        var problem = Rules.Check(Network(), Limits, [Part(new string('a', 301))]).ShouldHaveSingleItem();
        (problem.Code, problem.Part, problem.Blocking).ShouldBe(("text_too_long", 0, true));
        problem.Message.ShouldContain("Shorten it by 1");
    }

    [Fact]
    public void A_text_within_the_characters_may_still_be_too_many_bytes() => Codes(Part(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 200)))).ShouldBe(["text_too_long"]);

    [Fact]
    public void Each_part_of_a_thread_is_checked_and_named() =>
        Rules.Check(Network(), Limits, [Part("fine"), Part(new string('x', 400)), Part(" ")]).Select(p => (p.Code, p.Part)).ShouldBe([("text_too_long", 1), ("empty", 2)]);

    [Fact]
    public void A_draft_without_parts_is_empty() => Rules.Check(Network(), Limits, []).ShouldHaveSingleItem().Code.ShouldBe("empty");

    [Fact]
    public void A_thread_needs_a_network_with_threads_and_room_for_its_parts()
    {
        Rules.Check(Network() with { Capabilities = NetworkCapabilities.Images }, Limits, [Part("1"), Part("2")]).Select(p => p.Code).ShouldBe(["threads_unsupported"]);
        Rules.Check(Network(), Limits with { MaxParts = 2 }, [Part("1"), Part("2"), Part("3")]).Select(p => p.Code).ShouldBe(["too_many_parts"]);
    }

    [Fact]
    public void Media_are_checked_by_number_type_size_and_mixture()
    {
        Codes(Part("x", Image(), Image(), Image(), Image(), Image())).ShouldBe(["too_many_images"]);
        Codes(Part("x", Image() with { ContentType = "image/tiff" })).ShouldBe(["media_type_unsupported"]);
        Codes(Part("x", Image() with { Size = 1_000_001 })).ShouldBe(["media_too_large"]);
        Codes(Part("x", Image(), Video())).ShouldBe(["mixed_media"]);
        Codes(Part("x", Video(), Video())).ShouldBe(["too_many_videos"]);
        Codes(Part("", Image())).ShouldBeEmpty();
        Rules.Check(Network(), Limits with { RequiresMedia = true }, [Part("x")]).Select(p => p.Code).ShouldBe(["media_required"]);
    }

    [Fact]
    public void A_missing_alternative_text_is_pointed_out_and_does_not_block()
    {
        var problem = Rules.Check(Network(), Limits, [Part("x", Image() with { AltText = " " })]).ShouldHaveSingleItem();
        (problem.Code, problem.Blocking).ShouldBe(("alt_text_missing", false));
        Codes(Part("x", Image() with { AltText = new string('a', 1001) })).ShouldBe(["alt_text_too_long"]);
    }

    [Fact]
    public void Hashtags_are_counted_where_the_network_counts_them() =>
        Rules.Check(Network(), Limits with { MaxHashtags = 2 }, [Part("#a #b #c")]).Select(p => p.Code).ShouldBe(["too_many_hashtags"]);

    [Fact]
    public void A_content_warning_counts_where_the_network_counts_it()
    {
        Rules.Measure(TextCounterTests.Mastodon, "hello", "war").Length.ShouldBe(8);
        Rules.Measure(Limits, "hello", "war").Length.ShouldBe(5);
    }

    private static IEnumerable<string> Codes(DraftPart part) => Rules.Check(Network(), Limits, [part]).Select(p => p.Code);

    private static DraftPart Part(string text, params DraftMedia[] media) => new(text, media);

    private static DraftMedia Image() => new("image/png", 1000, "a cat");

    private static DraftMedia Video() => new("video/mp4", 1000, "a dog");

    private static NetworkDescriptor Network() => new()
    {
        Key = "test", Name = "Test", Color = "#000000", Connect = ConnectKind.None, Limits = Limits,
        Capabilities = NetworkCapabilities.Images | NetworkCapabilities.Video | NetworkCapabilities.AltText | NetworkCapabilities.Threads,
    };

    private static NetworkLimits Limits => new()
    {
        MaxText = 300, Unit = TextUnit.Graphemes, MaxTextBytes = 3000, MaxImages = 4, MaxImageBytes = 1_000_000, MaxVideos = 1, MaxVideoBytes = 50_000_000,
        MediaTypes = ["image/png", "image/jpeg", "video/mp4"], MaxAltText = 1000, MaxParts = 10,
    };
}
