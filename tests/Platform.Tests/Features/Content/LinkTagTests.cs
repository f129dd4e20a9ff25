using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Content.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ContentFixture;

namespace Platform.Tests.Features.Content;

/// <summary>UTM tags: on the links of what goes out, counted where it is counted, and nowhere else.</summary>
public sealed class LinkTagTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly LinkTags Tags = new(new() { Source = "{network}", Medium = "social", Campaign = "{date}" }, At);

    [Theory]
    [InlineData("see https://a.de", "see https://a.de?~")]
    [InlineData("see https://a.de/b?c=d.", "see https://a.de/b?c=d&~.")]
    [InlineData("(https://a.de/b#part)", "(https://a.de/b?~#part)")]
    [InlineData("is it https://a.de/? or https://b.de/?x&", "is it https://a.de/?~? or https://b.de/?x&~")]
    [InlineData("https://a.de/?utm_source=me", "https://a.de/?utm_source=me")]
    [InlineData("https://a.de/?x=1&UTM_Campaign=me#p", "https://a.de/?x=1&UTM_Campaign=me#p")]
    [InlineData("mail me at a@b.de about #tags, a.de and @you", "mail me at a@b.de about #tags, a.de and @you")]
    [InlineData("", "")]
    public void Links_are_tagged_and_nothing_else_is_touched(string text, string expected) =>
        Tags.Apply(text, "sandbox", "ann").ShouldBe(expected.Replace("~", "utm_source=sandbox&utm_medium=social&utm_campaign=2026-11-22", StringComparison.Ordinal));

    [Fact]
    public void Values_are_escaped_and_empty_ones_left_out()
    {
        new LinkTags(new() { Source = "{channel}", Medium = "" }, At).Apply("https://a.de", "x", "ann & co").ShouldBe("https://a.de?utm_source=ann%20%26%20co");
        new LinkTags(new(), At).Apply("https://a.de", "x", "y").ShouldBe("https://a.de");
        new LinkTags(null, At).Apply("https://a.de", "x", "y").ShouldBe("https://a.de");
    }

    [Fact]
    public async Task What_goes_out_is_tagged_as_it_was_shown_and_the_post_keeps_its_own_words()
    {
        var (ann, channels) = await StartAsync();
        var post = await CreateAsync(ann, new { text = "Read https://example.com/a", channelIds = channels });
        (Text(post, "text"), post.GetProperty("tagLinks").GetBoolean()).ShouldBe(("Read https://example.com/a", true));
        await ann.Client.PostAsync($"{Root}/{Id(post)}/publish", null);
        await Eventually.TrueAsync(async () => Text(await GetAsync(ann, Id(post)), "state") == "published", "it is published", 20);
        (await OutAsync(ann)).ShouldBe("Read https://example.com/a?utm_source=sandbox&utm_medium=social");
        var page = Text((await GetAsync(ann, Id(post))).GetProperty("publications")[0], "remoteUrl");
        (await ann.Client.GetStringAsync(page.Split('#')[0])).ShouldContain("utm_source=sandbox&amp;utm_medium=social", customMessage: page);
        (await PutAsync(ann, Id(post), new { labels = new[] { "news" } })).IsSuccessStatusCode.ShouldBeTrue("what does not go out may still change");
    }

    [Fact]
    public async Task A_post_may_go_without_and_the_switch_is_remembered()
    {
        var (ann, channels) = await StartAsync();
        var post = await CreateAsync(ann, new { text = "https://example.com/a", channelIds = channels, tagLinks = false });
        await ScheduleAsync(ann, Id(post));
        (await OutAsync(ann)).ShouldBe("https://example.com/a");
        (await PutAsync(ann, Id(post), new { text = "https://example.com/b" })).IsSuccessStatusCode.ShouldBeTrue();
        (await OutAsync(ann)).ShouldBe("https://example.com/b");
        (await (await PutAsync(ann, Id(post), new { tagLinks = true })).ReadAsync()).GetProperty("tagLinks").GetBoolean().ShouldBeTrue();
        (await OutAsync(ann)).ShouldBe("https://example.com/b?utm_source=sandbox&utm_medium=social");
    }

    [Fact]
    public async Task What_is_scheduled_does_not_change_because_the_defaults_did()
    {
        var (ann, channels) = await StartAsync();
        var post = await CreateAsync(ann, new { text = "https://example.com/a", channelIds = channels });
        await ScheduleAsync(ann, Id(post));
        await DefaultsAsync(ann, new() { Source = "other" });
        await PutAsync(ann, Id(post), new { labels = new[] { "news" } });
        (await OutAsync(ann)).ShouldBe("https://example.com/a?utm_source=sandbox&utm_medium=social");
    }

    [Fact]
    public async Task A_preview_counts_the_tags_and_can_leave_them_out()
    {
        var (ann, _) = await StartAsync();
        (await LengthAsync(ann, new { text = "https://a.de", networks = new[] { "sandbox" } })).ShouldBe("https://a.de?utm_source=sandbox&utm_medium=social".Length);
        (await LengthAsync(ann, new { text = "https://a.de", networks = new[] { "sandbox" }, tagLinks = false })).ShouldBe("https://a.de".Length);
        (await LengthAsync(ann, new { text = "https://a.de", networks = new[] { "mastodon" } })).ShouldBe(23, "every address counts the same there");
        var post = await CreateAsync(ann, new { text = $"{new string('x', 480)} https://a.de", channelIds = new[] { await ConnectAsync(ann) } });
        var check = await (await ann.Client.GetAsync($"{Root}/{Id(post)}/check")).ReadAsync();
        check.GetProperty("valid").GetBoolean().ShouldBeFalse("the tags make it too long");
    }

    private async Task<(TestCustomer Customer, string[] Channels)> StartAsync()
    {
        var started = await fixture.StartAsync();
        await DefaultsAsync(started.Customer, new() { Source = "{network}", Medium = "social" });
        return started;
    }

    private static async Task DefaultsAsync(TestCustomer customer, UtmDefaults utm) =>
        (await customer.Client.PutAsJsonAsync($"/api/v1/organizations/{customer.OrganizationId}/link-defaults", utm)).IsSuccessStatusCode.ShouldBeTrue();

    private static async Task ScheduleAsync(TestCustomer customer, string post) =>
        (await customer.Client.PostAsJsonAsync($"{Root}/{post}/schedule", new { scheduledAt = "2036-07-01T09:00:00", timeZone = "Europe/Berlin" })).IsSuccessStatusCode.ShouldBeTrue();

    private static async Task<string> OutAsync(TestCustomer customer) =>
        Text((await (await customer.Client.GetAsync("/api/v1/publications")).ReadAsync()).GetProperty("items")[0], "text");

    private static async Task<int> LengthAsync(TestCustomer customer, object body) =>
        (await (await customer.Client.PostAsJsonAsync($"{Root}/preview", body)).ReadAsync()).GetProperty("results")[0].GetProperty("length").GetInt32();
}
