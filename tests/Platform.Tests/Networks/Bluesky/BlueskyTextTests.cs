using System.Text;
using System.Text.Json;
using Platform.Networks.Bluesky;
using Platform.Primitives;

namespace Platform.Tests.Networks.Bluesky;

public sealed class BlueskyTextTests
{
    private static readonly Dictionary<string, string> Known = new() { ["alice.test"] = "did:plc:alice" };

    [Theory]
    [InlineData("Read https://example.com/ä?x=1 now", "link", "https://example.com/ä?x=1")]
    [InlineData("👨‍👩‍👧‍👦 hi @alice.test!", "mention", "@alice.test")]
    [InlineData("日本 #schön end", "tag", "#schön")]
    public void A_facet_covers_exactly_the_bytes_of_its_mark(string text, string kind, string covered)
    {
        var facet = JsonSerializer.SerializeToElement(Facets.Of(text, Known).ShouldHaveSingleItem());
        facet.GetProperty("features")[0].GetProperty("$type").GetString().ShouldBe($"app.bsky.richtext.facet#{kind}");
        var (start, end) = (facet.GetProperty("index").GetProperty("byteStart").GetInt32(), facet.GetProperty("index").GetProperty("byteEnd").GetInt32());
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)[start..end]).ShouldBe(covered);
    }

    [Fact]
    public void A_mention_of_nobody_stays_plain_text() => Facets.Of("hi @nobody.test", Known).ShouldBeEmpty();

    [Fact]
    public void A_handle_is_asked_for_once_and_only_where_it_could_be_one() => Facets.Handles("@Alice.test @alice.test @bob @carol@social.example").ShouldBe(["alice.test"]);

    [Fact]
    public void A_record_key_is_a_valid_tid_that_follows_from_the_key_alone()
    {
        var key = $"{Ids.New()}-0";
        RecordKey.Of(key).ShouldMatch("^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$");
        RecordKey.Of(key).ShouldBe(RecordKey.Of(key));
    }

    [Fact]
    public void Many_publications_of_one_millisecond_and_their_parts_get_different_record_keys()
    {
        var at = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
        var keys = Enumerable.Range(0, 2000).Select(_ => Ids.New(at)).SelectMany(id => new[] { $"{id}-0", $"{id}-1" }).Select(RecordKey.Of).ToList();
        keys.Distinct().Count().ShouldBe(keys.Count);
    }

    [Fact]
    public void A_record_key_sorts_within_a_minute_of_its_publication()
    {
        var early = RecordKey.Of($"{Ids.New(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))}-0");
        var late = RecordKey.Of($"{Ids.New(new DateTimeOffset(2026, 11, 22, 9, 2, 0, TimeSpan.Zero))}-0");
        string.CompareOrdinal(early, late).ShouldBeLessThan(0);
    }
}
