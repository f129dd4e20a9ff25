using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Publishing;

/// <summary>Scheduling and publishing over HTTP, on the whole app and the practice network.</summary>
public sealed class PublishingApiTests(PlatformApp app) : IClassFixture<PlatformApp>
{
    [Fact]
    public async Task A_post_is_published_now_and_shows_where_it_is_and_how_it_went()
    {
        var customer = await app.SignUpAsync();
        var post = await NewPostAsync(customer, "hello");
        (await customer.Client.PostAsync($"/api/v1/content/{post}/publish", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var publication = await UntilAsync(customer, post, "published");
        publication.GetProperty("remoteId").GetString().ShouldNotBeNullOrEmpty();
        publication.GetProperty("remoteUrl").GetString().ShouldNotBeNullOrEmpty();
        publication.GetProperty("publishedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        publication.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
        var attempt = publication.GetProperty("attempts").EnumerateArray().Single();
        (attempt.GetProperty("number").GetInt32(), attempt.GetProperty("outcome").GetString()).ShouldBe((1, "published"));
        attempt.GetProperty("startedAt").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(attempt.GetProperty("endedAt").GetDateTimeOffset());
        (await (await customer.Client.PostAsync($"/api/v1/content/{post}/cancel", null)).ProblemAsync()).ShouldBe("already_published");
    }

    [Fact]
    public async Task A_published_text_is_changed_on_the_network_with_the_version_that_was_seen()
    {
        var customer = await app.SignUpAsync();
        var post = await NewPostAsync(customer, "with a tyop");
        await customer.Client.PostAsync($"/api/v1/content/{post}/publish", null);
        var publication = await UntilAsync(customer, post, "published");
        var (id, version) = (publication.GetProperty("id").GetString()!, publication.GetProperty("version").GetInt64());
        var page = publication.GetProperty("remoteUrl").GetString()!;
        (await EditAsync(customer, post, id, "with no typo", version + 7)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await (await EditAsync(customer, post, id, new string('x', 501), version)).ProblemAsync()).ShouldBe("draft_invalid");
        var edited = await (await EditAsync(customer, post, id, "with no typo", version)).ReadAsync();
        (edited.GetProperty("state").GetString(), edited.GetProperty("remoteUrl").GetString()).ShouldBe(("published", page));
        edited.GetProperty("editedAt").ValueKind.ShouldBe(JsonValueKind.String);
        edited.GetProperty("attempts").EnumerateArray().Last().GetProperty("outcome").GetString().ShouldBe("edited");
        var shown = await customer.Client.GetStringAsync(page.Split('#')[0]);
        shown.ShouldContain("with no typo", customMessage: page);
        shown.ShouldNotContain("tyop");
        (await EditAsync(await app.SignUpAsync(), post, id, "not mine", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_wall_clock_time_in_a_zone_becomes_its_instant_and_can_be_cancelled_and_unscheduled()
    {
        var customer = await app.SignUpAsync();
        var post = await NewPostAsync(customer, "later");
        var answer = await (await ScheduleAsync(customer, post, "2036-07-01T09:00:00", "Europe/Berlin")).ReadAsync();
        answer.GetProperty("state").GetString().ShouldBe("scheduled");
        var publication = answer.GetProperty("publications").EnumerateArray().Single();
        publication.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2036, 7, 1, 7, 0, 0, TimeSpan.Zero));
        (publication.GetProperty("localTime").GetString(), publication.GetProperty("timeZone").GetString()).ShouldBe(("2036-07-01T09:00:00", "Europe/Berlin"));
        var cancelled = await (await customer.Client.PostAsync($"/api/v1/content/{post}/cancel", null)).ReadAsync();
        cancelled.GetProperty("state").GetString().ShouldBe("cancelled");
        (await ScheduleAsync(customer, post, "2036-07-01T07:00:00Z", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await customer.Client.PostAsync($"/api/v1/content/{post}/unschedule", null)).ReadAsync()).GetProperty("state").GetString().ShouldBe("draft");
    }

    [Theory]
    [InlineData("2020-01-01T09:00:00", "Europe/Berlin", "in_the_past")]
    [InlineData("2036-07-01T09:00:00", null, "time_zone_missing")]
    [InlineData("2036-07-01T09:00:00", "Middle/Earth", "unknown_time_zone")]
    [InlineData("soon", "Europe/Berlin", "invalid_time")]
    public async Task A_time_that_cannot_be_kept_is_refused_in_words(string time, string? zone, string code)
    {
        var customer = await app.SignUpAsync();
        var answer = await ScheduleAsync(customer, await NewPostAsync(customer, "x"), time, zone);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ProblemAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task The_calendar_shows_a_range_and_moves_with_the_version_that_was_seen()
    {
        var customer = await app.SignUpAsync();
        var post = await NewPostAsync(customer, "in the calendar");
        await ScheduleAsync(customer, post, "2036-07-01T09:00:00", "Europe/Berlin");
        var shown = await (await customer.Client.GetAsync("/api/v1/calendar?from=2036-07-01T00:00:00Z&to=2036-08-01T00:00:00Z")).ReadAsync();
        var item = shown.GetProperty("events").EnumerateArray().Single();
        item.GetProperty("text").GetString().ShouldBe("in the calendar");
        var (id, version) = (item.GetProperty("publication").GetProperty("id").GetString(), item.GetProperty("publication").GetProperty("version").GetInt64());
        var moved = await (await MoveAsync(customer, id!, "2036-07-02T10:30:00", version)).ReadAsync();
        moved.GetProperty("previousLocalTime").GetString().ShouldBe("2036-07-01T09:00:00");
        moved.GetProperty("event").GetProperty("publication").GetProperty("localTime").GetString().ShouldBe("2036-07-02T10:30:00");
        (await MoveAsync(customer, id!, "2036-07-03T10:30:00", version)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await (await customer.Client.GetAsync("/api/v1/calendar?from=2036-07-01T00:00:00Z&to=2036-07-02T00:00:00Z")).ReadAsync()).GetProperty("events").GetArrayLength().ShouldBe(0);
        (await (await customer.Client.GetAsync("/api/v1/calendar?from=2036-01-01T00:00:00Z&to=2036-08-01T00:00:00Z")).ProblemAsync()).ShouldBe("invalid_range");
        var listed = await (await customer.Client.GetAsync("/api/v1/publications?state=scheduled&network=sandbox")).ReadAsync();
        listed.GetProperty("items").EnumerateArray().Single().GetProperty("postId").GetString().ShouldBe(post);
        (await (await customer.Client.GetAsync("/api/v1/publications?state=sunny")).ProblemAsync()).ShouldBe("unknown_state");
    }

    [Fact]
    public async Task Nobody_reaches_another_organizations_publications()
    {
        var (owner, stranger) = (await app.SignUpAsync(), await app.SignUpAsync());
        var post = await NewPostAsync(owner, "mine");
        var answer = await (await ScheduleAsync(owner, post, "2036-07-01T09:00:00", "Europe/Berlin")).ReadAsync();
        var id = answer.GetProperty("publications").EnumerateArray().Single().GetProperty("id").GetString();
        foreach (var path in (string[])[$"content/{post}/publish", $"content/{post}/cancel", $"content/{post}/unschedule", $"content/{post}/publications/{id}/retry", $"content/{post}/publications/{id}/cancel"])
        {
            (await stranger.Client.PostAsync($"/api/v1/{path}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
        (await stranger.Client.PostAsJsonAsync($"/api/v1/content/{post}/publications/{id}/confirm", new { isThere = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ScheduleAsync(stranger, post, "2036-07-01T09:00:00", "Europe/Berlin")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await MoveAsync(stranger, id!, "2036-07-02T10:30:00", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await stranger.Client.GetAsync("/api/v1/publications")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await owner.Client.GetAsync($"/api/v1/content/{post}")).ReadAsync()).GetProperty("state").GetString().ShouldBe("scheduled");
    }

    [Fact]
    public async Task Staff_see_how_publishing_stands_and_customers_do_not()
    {
        var (customer, staff) = (await app.SignUpAsync(), await app.StaffAsync());
        var post = await NewPostAsync(customer, "counted");
        await ScheduleAsync(customer, post, "2036-07-01T09:00:00", "Europe/Berlin");
        var health = await (await staff.Client.GetAsync("/api/v1/admin/publishing")).ReadAsync();
        health.GetProperty("overdue").GetInt64().ShouldBe(0);
        health.GetProperty("byState").EnumerateObject().Count().ShouldBe(10);
        (await customer.Client.GetAsync("/api/v1/admin/publishing")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<string> NewPostAsync(TestCustomer customer, string text)
    {
        var channel = await (await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync();
        var post = await (await customer.Client.PostAsJsonAsync("/api/v1/content", new { text, channelIds = new[] { channel.GetProperty("id").GetString() } })).ReadAsync();
        return post.GetProperty("id").GetString()!;
    }

    private static Task<HttpResponseMessage> ScheduleAsync(TestCustomer customer, string post, string time, string? zone) =>
        customer.Client.PostAsJsonAsync($"/api/v1/content/{post}/schedule", new { scheduledAt = time, timeZone = zone });

    private static async Task<HttpResponseMessage> EditAsync(TestCustomer customer, string post, string publication, string text, long? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/content/{post}/publications/{publication}/edit") { Content = JsonContent.Create(new { text }) };
        if (version is { } seen) { request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\""); }
        return await customer.Client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> MoveAsync(TestCustomer customer, string publication, string time, long? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/calendar/events/{publication}") { Content = JsonContent.Create(new { scheduledAt = time, timeZone = "Europe/Berlin" }) };
        if (version is { } seen) { request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}\""); }
        return await customer.Client.SendAsync(request);
    }

    private static async Task<JsonElement> UntilAsync(TestCustomer customer, string post, string state)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            var shown = await (await customer.Client.GetAsync($"/api/v1/content/{post}")).ReadAsync();
            found = shown.GetProperty("publications").EnumerateArray().Single();
            return found.GetProperty("state").GetString() == state;
        }, $"the publication is {state}", 20);
        return found;
    }
}
