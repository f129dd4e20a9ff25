using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ContentFixture;

namespace Platform.Tests.Features.Content;

public sealed class PostEndpointTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task A_new_post_is_a_draft_on_each_of_its_channels()
    {
        var (ann, channels) = await fixture.StartAsync(2);
        var answer = await ann.Client.PostAsJsonAsync(Root, new
        {
            text = "Hello", channelIds = channels, labels = new[] { "news" }, parts = new[] { new { text = "and more" } },
            variants = new Dictionary<string, object> { [channels[1]] = new { text = "Hello there" } },
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var post = await answer.ReadAsync();
        answer.Headers.Location!.ToString().ShouldBe($"{Root}/{Id(post)}");
        (Text(post, "state"), post.GetProperty("version").GetInt64()).ShouldBe(("draft", 1));
        var publications = post.GetProperty("publications").EnumerateArray().ToList();
        publications.Select(p => Text(p, "channelId")).ShouldBe(channels, ignoreOrder: true);
        publications.ShouldAllBe(p => Text(p, "state") == "draft" && Text(p, "network") == "sandbox" && p.GetProperty("attempts").GetArrayLength() == 0);
        Text((await GetAsync(ann, Id(post))).GetProperty("variants").GetProperty(channels[1]), "text").ShouldBe("Hello there");
    }

    [Theory]
    [InlineData("""{"text":""}""", HttpStatusCode.BadRequest, "post_empty")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "post_empty")]
    [InlineData("""{"text":"x","channelIds":["0199a000000070008000000000000000"]}""", HttpStatusCode.NotFound, "not_found")]
    [InlineData("""{"text":"x","channelIds":["'; drop table posts"]}""", HttpStatusCode.NotFound, "not_found")]
    [InlineData("""{"text":"x","mediaIds":["0199a000000070008000000000000000"]}""", HttpStatusCode.NotFound, "not_found")]
    [InlineData("""{"text":5}""", HttpStatusCode.BadRequest, "invalid_body")]
    public async Task What_cannot_be_stored_is_told(string body, HttpStatusCode status, string code)
    {
        var ann = await fixture.App.SignUpAsync();
        var answer = await ann.Client.PostAsync(Root, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        answer.StatusCode.ShouldBe(status);
        (await answer.ProblemAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name_and_raises_the_version()
    {
        var (ann, channels) = await fixture.StartAsync();
        var post = await CreateAsync(ann, new { text = "One", channelIds = channels, labels = new[] { "news" } });
        var changed = await (await PutAsync(ann, Id(post), new { text = "Two" }, version: 1)).ReadAsync();
        (Text(changed, "text"), changed.GetProperty("version").GetInt64()).ShouldBe(("Two", 2));
        changed.GetProperty("channelIds")[0].GetString().ShouldBe(channels[0]);
        changed.GetProperty("labels")[0].GetString().ShouldBe("news");
        var emptied = await (await PutAsync(ann, Id(post), new { channelIds = Array.Empty<string>(), labels = Array.Empty<string>() })).ReadAsync();
        emptied.GetProperty("publications").GetArrayLength().ShouldBe(0);
        emptied.GetProperty("labels").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_change_on_an_old_version_is_refused_and_says_who_was_faster()
    {
        var (ann, channels) = await fixture.StartAsync();
        var post = await CreateAsync(ann, new { text = "One", channelIds = channels });
        await (await PutAsync(ann, Id(post), new { text = "Two" }, version: 1)).ReadAsync();
        var late = await PutAsync(ann, Id(post), new { text = "Three" }, version: 1);
        late.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var problem = JsonDocument.Parse(await late.Content.ReadAsStringAsync()).RootElement;
        Text(problem, "code").ShouldBe("version_mismatch");
        Text(problem, "detail").ShouldContain("Ada Lovelace");
        problem.GetProperty("errors").GetProperty("version")[0].GetString().ShouldBe("2");
        Text(await GetAsync(ann, Id(post)), "text").ShouldBe("Two");
    }

    [Fact]
    public async Task Of_many_changes_on_one_version_exactly_one_wins()
    {
        var (ann, channels) = await fixture.StartAsync();
        var post = await CreateAsync(ann, new { text = "One", channelIds = channels });
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => PutAsync(ann, Id(post), new { text = $"Change {n}" }, version: 1)));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(11);
        var winner = await answers.Single(a => a.IsSuccessStatusCode).ReadAsync();
        Text(await GetAsync(ann, Id(post)), "text").ShouldBe(Text(winner, "text"));
    }

    [Fact]
    public async Task A_deleted_post_is_gone_until_it_is_brought_back_as_a_draft()
    {
        var (ann, channels) = await fixture.StartAsync();
        var post = await CreateAsync(ann, new { text = "Oops", channelIds = channels });
        (await ann.Client.DeleteAsync($"{Root}/{Id(post)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ann.Client.GetAsync($"{Root}/{Id(post)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PutAsync(ann, Id(post), new { text = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ItemsAsync(ann, "")).ShouldBeEmpty();
        (await ItemsAsync(ann, "?deleted=true")).ShouldBe([Id(post)]);
        var back = await (await ann.Client.PostAsync($"{Root}/{Id(post)}/restore", null)).ReadAsync();
        (Text(back, "state"), back.GetProperty("publications").GetArrayLength()).ShouldBe(("draft", 1));
        (await ItemsAsync(ann, "")).ShouldBe([Id(post)]);
    }

    [Fact]
    public async Task A_copy_is_a_draft_of_its_own()
    {
        var (ann, channels) = await fixture.StartAsync();
        var post = await CreateAsync(ann, new { text = "Again", channelIds = channels, labels = new[] { "news" } });
        var copy = await (await ann.Client.PostAsync($"{Root}/{Id(post)}/duplicate", null)).ReadAsync();
        Id(copy).ShouldNotBe(Id(post));
        (Text(copy, "text"), Text(copy, "state"), copy.GetProperty("version").GetInt64()).ShouldBe(("Again", "draft", 1));
    }

    [Theory]
    [InlineData("01a20436893875bf95c3490cb6f09072")]
    [InlineData("01a20436-8938-75bf-95c3-490cb6f09072")]
    [InlineData("{01A20436-8938-75BF-95C3-490CB6F09072}")]
    public async Task A_campaign_that_would_be_a_record_is_none(string campaignId)
    {
        var (ann, channels) = await fixture.StartAsync();
        (await ann.Client.PostAsJsonAsync(Root, new { text = "Again", channelIds = channels, campaignId })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var post = await CreateAsync(ann, new { text = "Again", channelIds = channels, campaignId = "spring sale" });
        (await PutAsync(ann, Id(post), new { campaignId })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await PutAsync(ann, Id(post), new { campaignId = new string('x', 65) })).ProblemAsync()).ShouldBe("invalid_campaign");
    }

    [Fact]
    public async Task Lists_are_filtered_searched_and_paged()
    {
        var (ann, channels) = await fixture.StartAsync(2);
        for (var n = 0; n < 5; n++) { await CreateAsync(ann, new { text = $"Coffee number {n}", channelIds = new[] { channels[0] }, labels = new[] { n % 2 == 0 ? "even" : "odd" }, campaignId = "spring" }); }
        var tea = await CreateAsync(ann, new { text = "Only TEA here", channelIds = new[] { channels[1] } });
        (await ItemsAsync(ann, "?search=only tea")).ShouldBe([Id(tea)]);
        (await ItemsAsync(ann, $"?channelId={channels[1]}")).ShouldBe([Id(tea)]);
        (await ItemsAsync(ann, "?label=even")).Count.ShouldBe(3);
        (await ItemsAsync(ann, "?campaignId=spring&label=odd")).Count.ShouldBe(2);
        (await ItemsAsync(ann, "?network=sandbox&state=draft")).Count.ShouldBe(6);
        (await ItemsAsync(ann, "?state=published")).ShouldBeEmpty();
        (await ItemsAsync(ann, "?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z")).ShouldBeEmpty();
        (await ann.Client.GetAsync($"{Root}?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.Client.GetAsync($"{Root}?state=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await (await ann.Client.GetAsync($"{Root}?limit=2&cursor={Uri.EscapeDataString(cursor)}")).ReadAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(Id));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        seen.Count.ShouldBe(6);
        seen.Distinct().Count().ShouldBe(6);
        seen[0].ShouldBe(Id(tea));
    }

    [Fact]
    public async Task A_preview_measures_as_the_network_does()
    {
        var ann = await fixture.App.SignUpAsync();
        var body = await (await ann.Client.PostAsJsonAsync($"{Root}/preview", new { text = new string('x', 501), networks = new[] { "sandbox" } })).ReadAsync();
        var result = body.GetProperty("results")[0];
        (Text(result, "network"), result.GetProperty("length").GetInt32(), result.GetProperty("limit").GetInt32(), Text(result, "unit")).ShouldBe(("sandbox", 501, 500, "graphemes"));
        result.GetProperty("valid").GetBoolean().ShouldBeFalse();
        Text(result.GetProperty("problems")[0], "code").ShouldBe("text_too_long");
        (await ann.Client.PostAsJsonAsync($"{Root}/preview", new { text = "x", networks = new[] { "nowhere" } })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_organization_never_sees_or_touches_a_post()
    {
        var (ann, channels) = await fixture.StartAsync();
        var (eve, others) = await fixture.StartAsync();
        var path = $"{Root}/{Id(await CreateAsync(ann, new { text = "Secret plan", channelIds = channels }))}";
        HttpResponseMessage[] answers =
        [
            await eve.Client.GetAsync(path), await eve.Client.PutAsJsonAsync(path, new { text = "x" }), await eve.Client.DeleteAsync(path), await eve.Client.GetAsync($"{path}/check"),
            await eve.Client.PostAsync($"{path}/duplicate", null), await eve.Client.PostAsync($"{path}/restore", null),
            await eve.Client.PostAsJsonAsync(Root, new { text = "x", channelIds = channels }),
            await eve.Client.PutAsJsonAsync($"{Root}/{Id(await CreateAsync(eve, new { text = "mine", channelIds = others }))}", new { channelIds = channels }),
        ];
        foreach (var answer in answers)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, answer.RequestMessage!.ToString());
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Secret");
        }
        Text(await GetAsync(ann, path[(Root.Length + 1)..]), "text").ShouldBe("Secret plan");
    }

    private static async Task<List<string>> ItemsAsync(TestCustomer customer, string query) =>
        [.. (await (await customer.Client.GetAsync(Root + query)).ReadAsync()).GetProperty("items").EnumerateArray().Select(Id)];
}
