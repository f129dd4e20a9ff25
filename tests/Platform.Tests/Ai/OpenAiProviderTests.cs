using Microsoft.Extensions.AI;
using Platform.Ai;
using Platform.Ai.OpenAi;
using Platform.Tests.TestKit;

namespace Platform.Tests.Ai;

/// <summary>The OpenAI adapter against a mock that speaks its API.</summary>
public sealed class OpenAiProviderTests
{
    private readonly FakeBudget _budget = new();

    [Fact]
    public async Task It_answers_in_pieces_and_says_what_was_used()
    {
        var chunks = await Ask.AllAsync(Mock().StreamAsync(Ask.Caller, Ask.For("hello"), default));
        string.Concat(chunks.Select(c => c.Text)).ShouldBe("Hello! How can I help you today?");
        var answer = chunks[^1].Answer.ShouldNotBeNull();
        answer.Text.ShouldBe("Hello! How can I help you today?");
        answer.Finish.ShouldBe(ModelFinish.Complete);
        answer.Usage.InputTokens.ShouldBeGreaterThan(0);
        answer.Usage.OutputTokens.ShouldBeGreaterThan(0);
        answer.Usage.CostMicroUsd.ShouldBe(new PriceList([]).Find("gpt-4o-mini")!.CostOf(answer.Usage.InputTokens, answer.Usage.OutputTokens));
        _budget.Settled.ShouldHaveSingleItem().ShouldBe(answer.Usage);
    }

    [Fact]
    public async Task It_answers_whole()
    {
        using var provider = Provider();
        var response = await provider.Client.GetResponseAsync([new(ChatRole.User, "hello")]);
        response.Text.ShouldBe("Hello! How can I help you today?");
        response.Usage.ShouldNotBeNull().OutputTokenCount.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_wrong_key_is_said_with_the_setting_to_check_and_never_quoted()
    {
        var asked = await Mock(key: "sk-wrong-canary").AskAsync(Ask.Caller, Ask.For("hello"), default);
        asked.Problem.ShouldNotBeNull().Code.ShouldBe("ai_key_refused");
        asked.Problem.Message.ShouldContain("Ai:OpenAi:ApiKey");
        asked.Problem.Message.ShouldNotContain("canary");
        _budget.Held.ShouldBe(0);
        _budget.Used.ShouldBe(0);
    }

    [Theory]
    [InlineData("rate limit", "ai_rate_limited")]
    [InlineData("overloaded", "ai_unavailable")]
    public async Task A_model_that_turns_us_away_is_reported_and_costs_nothing(string words, string code)
    {
        var asked = await Mock(retries: 0).AskAsync(Ask.Caller, Ask.For(words), default);
        asked.Problem.ShouldNotBeNull().Code.ShouldBe(code);
        _budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_that_reached_its_longest_length_is_known_as_cut_off() =>
        (await Mock().AskAsync(Ask.Caller, Ask.For("cut off"), default)).Unwrap().Finish.ShouldBe(ModelFinish.CutOff);

    [Fact]
    public async Task A_stream_that_is_cancelled_stops_and_still_counts_what_came()
    {
        using var stop = new CancellationTokenSource();
        var (words, last) = (0, (ModelChunk?)null);
        await foreach (var chunk in Mock().StreamAsync(Ask.Caller, Ask.For("slowly"), stop.Token))
        {
            last = chunk;
            if (++words == 2) { await stop.CancelAsync(); }
        }
        var answer = last.ShouldNotBeNull().Answer.ShouldNotBeNull();
        answer.Finish.ShouldBe(ModelFinish.Cancelled);
        answer.Text.Length.ShouldBeLessThan("One word after the other, with time between them.".Length);
        answer.Usage.Estimated.ShouldBeTrue();
        _budget.Held.ShouldBe(0);
        _budget.Used.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task It_uses_a_tool_and_answers_with_its_result()
    {
        var city = "";
        var weather = AIFunctionFactory.Create((string city) => Remember(city), "get_weather", "The weather of a city.");
        string Remember(string name) { city = name; return "sunny"; }
        var outcome = (await new ToolLoop(Mock()).RunAsync(Ask.Caller, Ask.For("what is the weather like") with { Tools = [weather] }, new(), default)).Unwrap();
        outcome.Answer.Text.ShouldBe("It is sunny in Basel.");
        city.ShouldBe("Basel");
        outcome.Steps.ShouldHaveSingleItem().Outcome.ShouldBe("ran");
    }

    [Fact]
    public async Task A_real_server_of_the_same_api_answers_with_its_own_count()
    {
        var options = new OpenAiOptions { BaseUrl = TestServers.Require("OPENAI_BASE_URL"), ApiKey = TestServers.Require("OPENAI_API_KEY"), Model = TestServers.Require("OPENAI_MODEL") };
        using var provider = new OpenAiProvider(options, new AiOptions(), TimeProvider.System);
        var answer = (await Ask.Models(provider, _budget).AskAsync(Ask.Caller, Ask.For("Say something", 24), default)).Unwrap();
        answer.Text.ShouldNotBeEmpty();
        answer.Usage.Estimated.ShouldBeFalse();
        answer.Usage.OutputTokens.ShouldBeInRange(1, 24);
        answer.Usage.CostMicroUsd.ShouldBeNull("the price of this model is not known, and unknown is not zero");
        _budget.Requests.Single().Tokens.ShouldBeGreaterThanOrEqualTo(answer.Usage.InputTokens + answer.Usage.OutputTokens, "what is set aside must cover what is used");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        using var provider = new OpenAiProvider(new() { BaseUrl = "http://127.0.0.1:9/v1", ApiKey = "x" }, new AiOptions(), TimeProvider.System);
        (await Ask.Models(provider).AskAsync(Ask.Caller, Ask.For("hello"), default)).Problem.ShouldNotBeNull().Code.ShouldBe("ai_unavailable");
    }

    private OpenAiProvider Provider(string? key = null, int retries = 2) => new(
        new() { BaseUrl = TestServers.Require("AIMOCK_OPENAI_URL"), ApiKey = key ?? TestServers.Require("AIMOCK_API_KEY"), Model = "gpt-4o-mini" },
        new AiOptions { Retries = retries }, TimeProvider.System);

    private Models Mock(string? key = null, int retries = 2) => Ask.Models(Provider(key, retries), _budget);
}
