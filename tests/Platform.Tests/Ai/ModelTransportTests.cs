using System.Net;
using Microsoft.Extensions.AI;
using Platform.Ai;
using Platform.Ai.OpenAi;
using Platform.Tests.TestKit;

namespace Platform.Tests.Ai;

/// <summary>Repeats, patience and errors of calls to models.</summary>
public sealed class ModelTransportTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_call_turned_away_is_repeated_after_the_wait_that_the_server_asks_for()
    {
        var server = new Scripted(Says(429, retryAfter: 7), Says(200));
        using var client = Client(server);
        var call = client.GetAsync("http://model.test/");
        await Eventually.TrueAsync(() => _clock.WaitingTimers == 1, "it waits");
        server.Calls.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(6));
        server.Calls.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await call).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_asks_for_too_long_a_wait_is_reported_at_once()
    {
        var server = new Scripted(Says(503, retryAfter: 3600));
        using var client = Client(server);
        var failure = await Should.ThrowAsync<ModelException>(() => client.GetAsync("http://model.test/"));
        (failure.Failure, failure.RetryAfter).ShouldBe((ModelFailure.Unavailable, TimeSpan.FromHours(1)));
        server.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task What_a_repeat_cannot_cure_is_not_repeated(int status)
    {
        var server = new Scripted(Says(status));
        using var client = Client(server);
        await Should.ThrowAsync<ModelException>(() => client.GetAsync("http://model.test/"));
        server.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Repeats_end()
    {
        var server = new Scripted(Says(429, 0), Says(429, 0), Says(429, 0), Says(200));
        using var client = Client(server);
        var call = client.GetAsync("http://model.test/");
        var failure = await Should.ThrowAsync<ModelException>(call);
        failure.Failure.ShouldBe(ModelFailure.RateLimited);
        server.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_that_quotes_the_key_is_not_kept()
    {
        var server = new Scripted(new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("Incorrect API key provided: sk-canary") });
        using var client = Client(server);
        (await Should.ThrowAsync<ModelException>(() => client.GetAsync("http://model.test/"))).ToString().ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_model_that_falls_silent_is_given_up_and_what_came_is_counted()
    {
        var budget = new FakeBudget();
        var model = new ScriptedModel((_, _, token) => WordThenSilence(token));
        var chunks = new List<ModelChunk>();
        await foreach (var chunk in Ask.Models(model, budget, time: _clock).StreamAsync(Ask.Caller, Ask.For("hello"), default))
        {
            chunks.Add(chunk);
            if (chunks.Count == 1) { _ = Task.Run(async () => { await Eventually.TrueAsync(() => _clock.WaitingTimers > 0, "it waits"); _clock.Advance(TimeSpan.FromSeconds(61)); }); }
        }
        chunks[^1].Problem.ShouldNotBeNull().Code.ShouldBe("ai_timed_out");
        budget.Held.ShouldBe(0);
        budget.Used.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_a_problem_and_not_a_short_answer()
    {
        var model = new ScriptedModel((_, _, _) => WordThenBreak());
        var last = (await Ask.AllAsync(Ask.Models(model).StreamAsync(Ask.Caller, Ask.For("hello"), default)))[^1];
        last.Problem.ShouldNotBeNull().Code.ShouldBe("ai_answer_broken");
        last.Answer.ShouldBeNull();
    }

    [Fact]
    public async Task A_provider_that_is_chosen_but_lacks_its_key_says_which_setting_is_missing()
    {
        using var provider = new OpenAiProvider(new(), new AiOptions(), _clock);
        var asked = await Ask.Models(provider, options: new AiOptions { Provider = "OpenAi" }).AskAsync(Ask.Caller, Ask.For("hello"), default);
        asked.Problem.ShouldNotBeNull().Message.ShouldContain("Ai:OpenAi:ApiKey");
    }

    [Theory]
    [InlineData("gpt-4o-mini", 150_000)]
    [InlineData("gpt-4o-mini-2024-07-18", 150_000)]
    [InlineData("claude-haiku-4-5-20251001", 1_000_000)]
    public void A_price_is_found_by_name_and_by_dated_name(string model, long input) => new PriceList([]).Find(model).ShouldNotBeNull().InputPerMillion.ShouldBe(input);

    [Fact]
    public void The_shipped_prices_say_where_they_come_from_and_of_which_day()
    {
        PriceList.Sources.ShouldAllBe(s => s.StartsWith("https://", StringComparison.Ordinal));
        PriceList.Sources.ShouldNotBeEmpty();
        PriceList.AsOf.ShouldBeGreaterThan(new DateOnly(2026, 1, 1));
    }

    [Theory]
    [InlineData("gpt-4o-mini-search")]
    [InlineData("tiny-random")]
    public void A_model_that_only_looks_alike_has_no_price(string model) => new PriceList([]).Find(model).ShouldBeNull();

    [Fact]
    public void A_price_is_rounded_up_and_the_operators_own_goes_first()
    {
        var own = new ModelPrice { Model = "gpt-4o", InputPerMillion = 1, OutputPerMillion = 1 };
        new PriceList([own]).Find("gpt-4o").ShouldBe(own);
        own.CostOf(1, 0).ShouldBe(1);
        own.CostOf(0, 0).ShouldBe(0);
    }

    private HttpClient Client(Scripted server) => new(new ModelTransport(new AiOptions { Retries = 2, MaxRetryWaitSeconds = 20 }, _clock, server));

    private static HttpResponseMessage Says(int status, int? retryAfter = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("{}") };
        if (retryAfter is { } seconds) { response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds)); }
        return response;
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> WordThenSilence([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new(ChatRole.Assistant, "One ");
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> WordThenBreak()
    {
        yield return new(ChatRole.Assistant, "One ");
        await Task.Yield();
        throw new IOException("the connection was reset");
    }

    private sealed class Scripted(params HttpResponseMessage[] answers) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answers[Calls++]);
    }
}
