using System.Globalization;
using Platform.Ai;
using Platform.Ai.Offline;

namespace Platform.Tests.Ai;

/// <summary>The offline engine: the same every time, within limits, and nothing made up.</summary>
public sealed class OfflineWriterTests
{
    private const string Page = "The Rhine swim takes place on 18 August 2026. More than 5000 people are expected between Schaffhauser Rheinweg and Johanniterbrücke. "
        + "Everybody needs a Wickelfisch, the dry bag shaped like a fish, which is sold at the start for 30 francs. Lifeguards stand on both banks. "
        + "The swim is cancelled when the water is colder than 17 degrees. See https://example.com/rhine for the route. It is free.";

    private static readonly TextTaskKind[] Kinds = Enum.GetValues<TextTaskKind>();

    public static TheoryData<TextTaskKind, int> KindsAndLimits() => [.. Kinds.Where(k => k != TextTaskKind.Hashtags).SelectMany(kind => new[] { 30, 80, 140, 300, 500 }.Select(limit => new TheoryDataRow<TextTaskKind, int>(kind, limit)))];

    [Theory]
    [MemberData(nameof(KindsAndLimits))]
    public void A_result_is_never_longer_than_asked_and_never_empty(TextTaskKind kind, int limit)
    {
        var made = OfflineWriter.Write(new(kind, Page) { MaxLength = limit, Source = kind == TextTaskKind.Draft ? Page : "" });
        new StringInfo(made).LengthInTextElements.ShouldBeInRange(5, limit);
    }

    [Fact]
    public void The_same_task_gives_the_same_result()
    {
        foreach (var kind in Kinds)
        {
            var task = new TextTask(kind, Page) { Tone = "friendly", MaxLength = 200, Source = Page };
            OfflineWriter.Write(task).ShouldBe(OfflineWriter.Write(task with { }));
        }
    }

    [Fact]
    public void A_draft_from_a_page_states_only_sentences_of_the_page()
    {
        var made = OfflineWriter.Write(new(TextTaskKind.Draft, "Write a post about the Rhine swim") { Source = Page, MaxHashtags = 0 });
        TextWords.Sentences(made).Select(s => s.Text).ShouldAllBe(s => Page.Contains(s, StringComparison.Ordinal));
        made.ShouldContain("Rhine swim");
    }

    [Theory]
    [InlineData("please write a short post about our new bike lanes on Main Street", "Our new bike lanes on Main Street.")]
    [InlineData("Announce our spring menu. It starts on Friday.", "Our spring menu. It starts on Friday.")]
    [InlineData("Tell everyone that the ferry runs again", "The ferry runs again.")]
    [InlineData("The ferry runs again", "The ferry runs again.")]
    public void The_instruction_in_a_brief_is_no_part_of_the_post(string brief, string post) =>
        OfflineWriter.Write(new(TextTaskKind.Draft, brief) { MaxHashtags = 0 }).ShouldBe(post);

    [Fact]
    public void English_frames_are_not_put_around_another_language()
    {
        var german = OfflineWriter.Write(new(TextTaskKind.Draft, "Am Freitag eröffnen wir die neue Terrasse und alle sind eingeladen") { Tone = "friendly", MaxHashtags = 0 });
        german.ShouldBe("Am Freitag eröffnen wir die neue Terrasse und alle sind eingeladen.");
        OfflineWriter.Write(new(TextTaskKind.Draft, "The terrace opens on Friday and you are invited") { Tone = "friendly", MaxHashtags = 0 }).Length.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void A_link_stays_whole_or_goes()
    {
        for (var limit = 10; limit < 200; limit += 7)
        {
            var made = OfflineWriter.Write(new(TextTaskKind.Shorten, Page) { MaxLength = limit });
            if (made.Contains("http", StringComparison.Ordinal)) { made.ShouldContain("https://example.com/rhine"); }
        }
    }

    [Fact]
    public void A_family_emoji_is_never_cut_in_half()
    {
        const string family = "👨‍👩‍👧‍👦";
        var made = OfflineWriter.Write(new(TextTaskKind.Shorten, string.Concat(Enumerable.Repeat(family, 40))) { MaxLength = 10 });
        made.TrimEnd('…').Replace(family, "", StringComparison.Ordinal).ShouldBe("");
        new StringInfo(made).LengthInTextElements.ShouldBe(10);
    }

    [Theory]
    [InlineData("This is wonderful, thank you!", 1)]
    [InlineData("The worst service ever, I want a refund", -1)]
    [InlineData("This is not good", -1)]
    public void Sentiment_reads_plain_cases(string text, int sign)
    {
        var (score, words) = Sentiment.Of(text);
        Math.Sign(score).ShouldBe(sign);
        words.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_text_without_such_words_has_no_opinion() => Sentiment.Of("The office is on the second floor.").ShouldBe((0, 0));

    [Fact]
    public void Hashtags_hold_only_what_a_hashtag_may_hold()
    {
        var tags = OfflineWriter.Write(new(TextTaskKind.Hashtags, Page) { MaxHashtags = 8 }).Split('\n');
        tags.Length.ShouldBeInRange(4, 8);
        tags.ShouldAllBe(t => t[0] == '#' && t.Skip(1).All(char.IsLetterOrDigit));
        tags.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(tags.Length);
    }
}
