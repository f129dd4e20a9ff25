using Microsoft.Extensions.AI;
using Platform.Ai;
using Platform.Ai.Anthropic;
using Platform.Tests.TestKit;

namespace Platform.Tests.Ai;

/// <summary>The Anthropic package against a mock that speaks its API.</summary>
public sealed class AnthropicProviderTests
{
    private readonly FakeBudget _budget = new();

    [Fact]
    public async Task It_answers_in_pieces_and_the_tokens_are_estimated_where_the_server_counts_none()
    {
        var chunks = await Ask.AllAsync(Mock().StreamAsync(Ask.Caller, Ask.For("hello"), default));
        string.Concat(chunks.Select(c => c.Text)).ShouldBe("Hello! How can I help you today?");
        var usage = chunks[^1].Answer.ShouldNotBeNull().Usage;
        usage.OutputTokens.ShouldBeGreaterThan(0);
        usage.Estimated.ShouldBeTrue("the mock reports zero tokens");
        _budget.Used.ShouldBe(usage.InputTokens + usage.OutputTokens);
    }

    [Fact]
    public async Task A_wrong_key_is_said_with_the_setting_to_check_and_never_quoted()
    {
        var asked = await Mock(key: "sk-wrong-canary").AskAsync(Ask.Caller, Ask.For("hello"), default);
        asked.Problem.ShouldNotBeNull().Code.ShouldBe("ai_key_refused");
        asked.Problem.Message.ShouldContain("Ai:Anthropic:ApiKey");
        asked.Problem.Message.ShouldNotContain("canary");
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
        ModelChunk? last = null;
        await foreach (var chunk in Mock().StreamAsync(Ask.Caller, Ask.For("slowly"), stop.Token))
        {
            last = chunk;
            await stop.CancelAsync();
        }
        last.ShouldNotBeNull().Answer.ShouldNotBeNull().Finish.ShouldBe(ModelFinish.Cancelled);
        _budget.Held.ShouldBe(0);
    }

    [Fact]
    public async Task It_uses_a_tool_and_answers_with_its_result()
    {
        var weather = AIFunctionFactory.Create((string city) => $"sunny in {city}", "get_weather", "The weather of a city.");
        var outcome = (await new ToolLoop(Mock()).RunAsync(Ask.Caller, Ask.For("what is the weather like") with { Tools = [weather] }, new(), default)).Unwrap();
        outcome.Answer.Text.ShouldBe("It is sunny in Basel.");
        outcome.Steps.ShouldHaveSingleItem().Outcome.ShouldBe("ran");
    }

    private Models Mock(string? key = null, int retries = 2) => Ask.Models(new AnthropicProvider(
        new() { BaseUrl = TestServers.Require("AIMOCK_ANTHROPIC_URL"), ApiKey = key ?? TestServers.Require("AIMOCK_API_KEY"), Model = "claude-haiku-4-5" },
        new AiOptions { Retries = retries }, TimeProvider.System), _budget);
}
