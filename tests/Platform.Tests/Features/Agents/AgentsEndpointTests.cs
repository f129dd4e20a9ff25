using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Ai;
using Platform.Tests.Ai;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Agents;

/// <summary>The agents over HTTP, in the whole app with nothing replaced (offline engine) or only the model.</summary>
public sealed class AgentsEndpointTests : IClassFixture<PlatformApp>
{
    private readonly PlatformApp _app;

    public AgentsEndpointTests(PlatformApp app) => _app = app;

    [Fact]
    public async Task A_new_customer_drafts_accepts_and_finds_the_draft_among_the_posts()
    {
        var customer = await _app.SignUpAsync();
        var channel = (await ReadAsync(await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" }), HttpStatusCode.Created)).GetProperty("id").GetString();
        var made = await ReadAsync(await customer.Client.PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = "Announce our spring menu on Friday", channelIds = new[] { channel }, tone = "friendly" }));
        made.GetProperty("text").GetString()!.ShouldContain("spring menu");
        made.GetProperty("model").GetProperty("offline").GetBoolean().ShouldBeTrue();
        made.GetProperty("state").GetString().ShouldBe("open");
        made.GetProperty("fits")[0].GetProperty("fits").GetBoolean().ShouldBeTrue();

        var accepted = await ReadAsync(await customer.Client.PostAsJsonAsync($"/api/v1/ai/suggestions/{made.GetProperty("id").GetString()}/accept", new { }));
        var post = await ReadAsync(await customer.Client.GetAsync($"/api/v1/content/{accepted.GetProperty("postId").GetString()}"));
        post.GetProperty("text").GetString().ShouldBe(made.GetProperty("text").GetString());

        var runs = await ReadAsync(await customer.Client.GetAsync("/api/v1/ai/runs?kind=draftPost&state=succeeded"));
        runs.GetProperty("items").GetArrayLength().ShouldBe(1);
        var run = await ReadAsync(await customer.Client.GetAsync($"/api/v1/ai/runs/{made.GetProperty("runId").GetString()}"));
        (run.GetProperty("agent").GetString(), run.GetProperty("costMicroUsd").GetInt64()).ShouldBe(("content", 0));
    }

    [Fact]
    public async Task Words_come_as_server_sent_events()
    {
        var customer = await _app.SignUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ai/generate-content") { Content = JsonContent.Create(new { brief = "A quiz night on Thursday at eight" }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await customer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split('\n')).Select(e => (Name: e[0][7..], Data: JsonDocument.Parse(e[1][6..]).RootElement)).ToList();
        events[0].Name.ShouldBe("run");
        events.Count(e => e.Name == "text").ShouldBeGreaterThan(3);
        events[^1].Name.ShouldBe("suggestion");
        string.Concat(events.Where(e => e.Name == "text").Select(e => e.Data.GetProperty("text").GetString())).ShouldBe(events[^1].Data.GetProperty("text").GetString());
    }

    [Fact]
    public async Task What_is_refused_before_it_begins_is_a_problem_document_also_for_a_stream()
    {
        var customer = await _app.SignUpAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ai/generate-content") { Content = JsonContent.Create(new { }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await customer.Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("brief_missing");
    }

    [Theory]
    [InlineData("/api/v1/ai/optimize-content", "{\"text\":\"we are open on friday\"}")]
    [InlineData("/api/v1/ai/shorten", "{\"text\":\"We are open on Friday. The kitchen serves until ten. Dogs are welcome.\",\"maxLength\":40}")]
    [InlineData("/api/v1/ai/variants", "{\"text\":\"We are open on Friday.\",\"networks\":[\"sandbox\",\"bluesky\",\"mastodon\"]}")]
    [InlineData("/api/v1/ai/suggest-hashtags", "{\"text\":\"Our asparagus menu starts on Friday.\",\"count\":2}")]
    public async Task Each_kind_of_help_answers_with_a_suggestion(string path, string body)
    {
        var customer = await _app.SignUpAsync();
        var made = await ReadAsync(await customer.Client.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json")));
        made.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
        made.GetProperty("reason").GetString()!.ShouldContain("offline");
        made.GetProperty("confidence").GetProperty("explanation").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Times_are_proposed_for_a_channel_without_numbers()
    {
        var customer = await _app.SignUpAsync();
        var channel = (await ReadAsync(await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" }), HttpStatusCode.Created)).GetProperty("id").GetString();
        var made = await ReadAsync(await customer.Client.PostAsJsonAsync("/api/v1/ai/suggest-times", new { channelIds = new[] { channel }, count = 2 }));
        made.GetProperty("times").GetArrayLength().ShouldBe(2);
        made.GetProperty("times")[0].GetProperty("timeZone").GetString().ShouldBe("Europe/Berlin");
        made.GetProperty("times")[0].GetProperty("reason").GetString()!.ShouldContain("No numbers of your own yet");
    }

    [Fact]
    public async Task A_weeks_plan_is_accepted_and_done_by_a_job()
    {
        var customer = await _app.SignUpAsync();
        var channel = (await ReadAsync(await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" }), HttpStatusCode.Created)).GetProperty("id").GetString();
        using var answer = await customer.Client.PostAsJsonAsync("/api/v1/ai/plan-week", new { brief = "Our new bike\nThe Sunday ride", channelIds = new[] { channel } });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var location = answer.Headers.Location!.ToString();
        await Eventually.TrueAsync(async () => (await ReadAsync(await customer.Client.GetAsync(location))).GetProperty("state").GetString() == "succeeded", "the plan is made", 60);
        var id = location[(location.LastIndexOf('/') + 1)..];
        (await ReadAsync(await customer.Client.GetAsync($"/api/v1/ai/suggestions?runId={id}"))).GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task The_budget_is_shown_and_lowered_and_never_above_the_plan()
    {
        var customer = await _app.SignUpAsync();
        var plan = (await ReadAsync(await customer.Client.GetAsync("/api/v1/ai/budget"))).GetProperty("planCredits").GetInt64();
        plan.ShouldBe(5_000, "a new organization is on the trial of Professional");
        (await ReadAsync(await customer.Client.PutAsJsonAsync("/api/v1/ai/budget", new { credits = 10 }))).GetProperty("creditsLimit").GetInt64().ShouldBe(10);
        (await customer.Client.PutAsJsonAsync("/api/v1/ai/budget", new { credits = plan + 1 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Status_names_the_agents_that_are_built_and_the_provider_in_use()
    {
        var customer = await _app.SignUpAsync();
        var status = await ReadAsync(await customer.Client.GetAsync("/api/v1/ai/agents/status"));
        status.GetProperty("agents").EnumerateArray().Select(a => a.GetProperty("agent").GetString()).ShouldBe(["content", "scheduler"]);
        status.GetProperty("providers").EnumerateArray().Single(p => p.GetProperty("active").GetBoolean()).GetProperty("provider").GetString().ShouldBe("Offline");
    }

    [Fact]
    public async Task Another_organizations_runs_and_suggestions_are_not_there()
    {
        var (one, other) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var made = await ReadAsync(await one.Client.PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = "A quiz night" }));
        var (run, suggestion) = (made.GetProperty("runId").GetString(), made.GetProperty("id").GetString());
        (await other.Client.GetAsync($"/api/v1/ai/runs/{run}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.Client.PostAsJsonAsync($"/api/v1/ai/runs/{run}/cancel", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.Client.PostAsJsonAsync($"/api/v1/ai/runs/{run}/feedback", new { stars = 1 })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.Client.PostAsJsonAsync($"/api/v1/ai/suggestions/{suggestion}/accept", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(await other.Client.GetAsync("/api/v1/ai/runs"))).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_asks_an_agent_without_signing_in() =>
        (await _app.CreateClient().PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = "x" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_used_up_budget_is_402_with_the_time_of_the_next()
    {
        using var app = new PlatformApp().With(services => { services.RemoveAll<IModelProvider>(); services.AddSingleton<IModelProvider>(ScriptedModel.Saying(_ => "Hello")); });
        var customer = await app.SignUpAsync();
        await customer.Client.PutAsJsonAsync("/api/v1/ai/budget", new { credits = 0 });
        using var answer = await customer.Client.PostAsJsonAsync("/api/v1/ai/generate-content", new { brief = "x" });
        answer.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ai_budget_exhausted");
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
