using System.Net;
using Platform.Features.Publishing.Contracts;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ContentFixture;

namespace Platform.Tests.Features.Content;

/// <summary>Posts and their publications together, with the dispatcher running and the practice network answering.</summary>
public sealed class PostPublishingTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    private IScheduling Scheduling => fixture.App.Get<IScheduling>();

    [Fact]
    public async Task A_published_post_shows_where_it_is_and_lists_find_it_by_its_state()
    {
        var (ann, channels) = await fixture.StartAsync();
        var id = Id(await CreateAsync(ann, new { text = "Out it goes", channelIds = channels }));
        (await Scheduling.PublishNowAsync(ann.Caller, id, default)).Unwrap();
        await Eventually.TrueAsync(async () => Text(await GetAsync(ann, id), "state") == "published", "the post is published");
        var publication = (await GetAsync(ann, id)).GetProperty("publications")[0];
        Text(publication, "remoteId").ShouldNotBeNullOrEmpty();
        publication.GetProperty("attempts").GetArrayLength().ShouldBe(1);
        await Eventually.TrueAsync(async () => (await (await ann.Client.GetAsync($"{Root}?state=published")).ReadAsync()).GetProperty("items").GetArrayLength() == 1, "the list knows it");
    }

    [Fact]
    public async Task An_acknowledged_change_is_what_goes_out_and_a_late_one_is_refused()
    {
        var (ann, channels) = await fixture.StartAsync();
        var id = Id(await CreateAsync(ann, new { text = "Old words", channelIds = channels }));
        (await Scheduling.ScheduleAsync(ann.Caller, id, new(null, null, DateTimeOffset.UtcNow.AddHours(2)), default)).Unwrap();
        var scheduled = await GetAsync(ann, id);
        (Text(scheduled, "state"), scheduled.GetProperty("version").GetInt64()).ShouldBe(("scheduled", 1));
        await (await PutAsync(ann, id, new { text = "New words" }, version: 1)).ReadAsync();
        Text(await GetAsync(ann, id), "state").ShouldBe("scheduled");
        (await Scheduling.PublishNowAsync(ann.Caller, id, default)).Unwrap();
        await Eventually.TrueAsync(async () => Text(await GetAsync(ann, id), "state") == "published", "the post is published");
        var sent = (await fixture.App.Get<IPublishing>().OfPostsAsync(ann.Caller, [id], default))[id].Single();
        sent.Content.Parts[0].Text.ShouldBe("New words");
        var late = await PutAsync(ann, id, new { text = "Too late" });
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Text(await GetAsync(ann, id), "text").ShouldBe("New words");
        (await PutAsync(ann, id, new { labels = new[] { "archive" } })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whatever_the_race_between_an_edit_and_the_dispatcher_what_was_acknowledged_is_what_goes_out()
    {
        const int Posts = 30;
        var (ann, channels) = await fixture.StartAsync();
        var ids = new List<string>();
        for (var n = 0; n < Posts; n++) { ids.Add(Id(await CreateAsync(ann, new { text = $"Old {n}", channelIds = channels }))); }
        var edits = await Task.WhenAll(ids.Select(async (id, n) =>
        {
            var sending = Scheduling.PublishNowAsync(ann.Caller, id, default);
            if (n % 3 > 0) { await sending; }
            var edit = await PutAsync(ann, id, new { text = $"New {n}" });
            (await sending).Unwrap();
            return edit.StatusCode;
        }));
        edits.ShouldAllBe(status => status == HttpStatusCode.OK || status == HttpStatusCode.Conflict);
        await Eventually.TrueAsync(async () => (await OfAsync(ann, ids)).Values.All(list => list[0].State == PublicationState.Published), "all are published", seconds: 60);
        var sent = await OfAsync(ann, ids);
        for (var n = 0; n < Posts; n++) { sent[ids[n]][0].Content.Parts[0].Text.ShouldBe(edits[n] == HttpStatusCode.OK ? $"New {n}" : $"Old {n}"); }
    }

    [Fact]
    public async Task The_same_words_on_the_same_channel_are_a_warning_and_no_obstacle()
    {
        var (ann, channels) = await fixture.StartAsync(2);
        var first = Id(await CreateAsync(ann, new { text = "Free coffee today", channelIds = new[] { channels[0] } }));
        (await Scheduling.ScheduleAsync(ann.Caller, first, new(null, null, DateTimeOffset.UtcNow.AddHours(2)), default)).Unwrap();
        var second = Id(await CreateAsync(ann, new { text = "free  COFFEE today", channelIds = channels }));
        await Eventually.TrueAsync(async () => (await CheckAsync(ann, second)).GetProperty("channels").GetArrayLength() == 1, "the first post's time is noted");
        var check = await CheckAsync(ann, second);
        check.GetProperty("valid").GetBoolean().ShouldBeTrue();
        Text(check.GetProperty("channels")[0], "channelId").ShouldBe(channels[0]);
        Text(check.GetProperty("channels")[0].GetProperty("problems")[0], "code").ShouldBe("duplicate_text");
        var tooLong = Id(await CreateAsync(ann, new { text = new string('x', 600), channelIds = channels }));
        (await CheckAsync(ann, tooLong)).GetProperty("valid").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_post_is_never_sent()
    {
        var (ann, channels) = await fixture.StartAsync();
        var id = Id(await CreateAsync(ann, new { text = "Never", channelIds = channels }));
        (await Scheduling.ScheduleAsync(ann.Caller, id, new(null, null, DateTimeOffset.UtcNow.AddHours(2)), default)).Unwrap();
        (await ann.Client.DeleteAsync($"{Root}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await fixture.App.Get<IPublishing>().OfPostsAsync(ann.Caller, [id], default)).Keys.ShouldNotContain(id);
        (await fixture.App.Get<IPublishing>().CountWaitingAsync(ann.Caller, channels[0], default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_post_on_a_removed_channel_can_still_be_edited()
    {
        var (ann, channels) = await fixture.StartAsync(2);
        var id = Id(await CreateAsync(ann, new { text = "Both", channelIds = channels }));
        (await Scheduling.ScheduleAsync(ann.Caller, id, new(null, null, DateTimeOffset.UtcNow.AddHours(2)), default)).Unwrap();
        (await ann.Client.DeleteAsync($"/api/v1/social-accounts/{channels[0]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var edited = await (await PutAsync(ann, id, new { text = "Only one" })).ReadAsync();
        Text(edited, "text").ShouldBe("Only one");
        edited.GetProperty("publications").EnumerateArray().Single(p => Text(p, "channelId") == channels[0]).GetProperty("state").GetString().ShouldBe("cancelled");
    }

    private Task<IReadOnlyDictionary<string, IReadOnlyList<PublicationView>>> OfAsync(TestCustomer customer, IReadOnlyCollection<string> ids) =>
        fixture.App.Get<IPublishing>().OfPostsAsync(customer.Caller, ids, default);

    private static async Task<System.Text.Json.JsonElement> CheckAsync(TestCustomer customer, string id) => await (await customer.Client.GetAsync($"{Root}/{id}/check")).ReadAsync();
}
