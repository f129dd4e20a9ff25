using Microsoft.Extensions.AI;
using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Tests.Ai;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Agents;

/// <summary>Runs are recorded whatever comes of them.</summary>
public sealed class RunRecordTests
{
    private static readonly DraftPostRequest Request = new("Announce our spring menu", null, new(null, null));

    [Fact]
    public async Task A_model_that_fails_leaves_a_failed_run_with_its_reason()
    {
        using var app = new AgentsApp(ScriptedModel.Failing(new ModelException(ModelFailure.RateLimited, "429", TimeSpan.FromSeconds(7))));
        var result = await app.Get<DraftPost>().RunAsync(app.Caller, Request, default);
        result.Problem.ShouldNotBeNull().Code.ShouldBe("ai_rate_limited");
        result.Problem.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        var run = (await app.RunsAsync()).ShouldHaveSingleItem();
        (run.State, run.Error!.Code).ShouldBe((RunState.Failed, "ai_rate_limited"));
        run.DurationMs.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_fault_of_the_app_leaves_a_failed_run_and_is_not_swallowed()
    {
        using var app = new AgentsApp(new ScriptedModel((_, _, _) => throw new NotImplementedException("a bug")));
        await Should.ThrowAsync<NotImplementedException>(() => app.Get<DraftPost>().RunAsync(app.Caller, Request, default));
        var run = (await app.RunsAsync()).ShouldHaveSingleItem();
        (run.State, run.Error!.Code).ShouldBe((RunState.Failed, "agent_failed"));
        run.Error.Message.ShouldNotContain("a bug");
    }

    [Fact]
    public async Task A_reader_who_walks_away_cancels_the_run_and_what_was_used_is_counted()
    {
        using var app = new AgentsApp(new ScriptedModel((_, _, token) => ScriptedModel.Forever("word ", _ => { }, token)));
        await foreach (var chunk in app.Get<DraftPost>().StreamAsync(app.Caller, Request, default))
        {
            if (chunk.Text is not "") { break; }
        }
        var run = (await app.RunsAsync()).ShouldHaveSingleItem();
        run.State.ShouldBe(RunState.Cancelled);
        run.TokensIn.ShouldBeGreaterThan(0);
        run.TokensEstimated.ShouldBeTrue();
        var budget = await app.Get<OrganizationBudget>().ReadAsync(app.Caller, default);
        budget.TokensReserved.ShouldBe(0);
        budget.TokensUsed.ShouldBe(run.TokensIn + run.TokensOut);
    }

    [Fact]
    public async Task A_person_cancels_a_run_from_elsewhere()
    {
        using var app = new AgentsApp(new ScriptedModel((_, _, token) => ScriptedModel.Forever("word ", _ => { }, token)));
        var chunks = new List<DraftChunk>();
        await foreach (var chunk in app.Get<DraftPost>().StreamAsync(app.Caller, Request, default))
        {
            chunks.Add(chunk);
            if (chunks.Count(c => c.Text is not "") == 1) { (await app.Get<CancelRun>().RunAsync(app.Caller, chunk.RunId, default)).Unwrap().State.ShouldBe(RunState.Cancelled); }
        }
        chunks[^1].Problem.ShouldNotBeNull().Code.ShouldBe("run_cancelled");
        var run = (await app.RunsAsync()).ShouldHaveSingleItem();
        run.State.ShouldBe(RunState.Cancelled);
        run.TokensOut.ShouldBeGreaterThan(0, "what it used is counted although it was cancelled");
        (await app.Get<CancelRun>().RunAsync(app.Caller, run.Id, default)).Problem.ShouldNotBeNull().Code.ShouldBe("run_ended");
    }

    [Fact]
    public async Task An_exhausted_budget_stops_the_call_before_it_is_made()
    {
        var model = ScriptedModel.Saying(_ => "Hello");
        using var app = new AgentsApp(model, credits: 0);
        (await app.Get<DraftPost>().RunAsync(app.Caller, Request, default)).Problem.ShouldNotBeNull().Code.ShouldBe("ai_budget_exhausted");
        model.Asked.ShouldBeEmpty();
        (await app.RunsAsync()).ShouldHaveSingleItem().Error!.Code.ShouldBe("ai_budget_exhausted");
    }

    [Fact]
    public async Task What_a_model_says_is_made_plain_and_what_it_makes_up_is_named()
    {
        var model = ScriptedModel.Saying(_ => "```\nWe give 70% off\u202E today\u0007, see https://evil.example/x\n```");
        using var app = new AgentsApp(model);
        var made = (await app.Get<DraftPost>().RunAsync(app.Caller, Request, default)).Unwrap();
        made.Text.ShouldBe("We give 70% off today, see https://evil.example/x");
        made.Reason.ShouldContain("70");
        made.Reason.ShouldContain("https://evil.example/x");
        made.Confidence.Value.ShouldBeLessThan(0.7);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_repaired_before_anybody_sees_it()
    {
        var model = ScriptedModel.Saying(_ => string.Join(' ', Enumerable.Range(1, 60).Select(i => $"Sentence number {i} speaks of the menu.")));
        using var app = new AgentsApp(model);
        var made = (await app.Get<DraftPost>().RunAsync(app.Caller, Request with { For = new([app.Channel(maxText: 200).Id], null) }, default)).Unwrap();
        made.Fits.ShouldHaveSingleItem().Length.ShouldBeInRange(1, 200);
        made.Reason.ShouldContain("too long");
    }

    [Fact]
    public async Task A_rating_is_kept_with_the_run()
    {
        using var app = new AgentsApp();
        var made = (await app.Get<DraftPost>().RunAsync(app.Caller, Request, default)).Unwrap();
        (await app.Get<RateRun>().RunAsync(app.Caller, made.RunId, new(6), default)).Problem.ShouldNotBeNull().Code.ShouldBe("stars_invalid");
        (await app.Get<RateRun>().RunAsync(app.Caller, made.RunId, new(4, "good start"), default)).Unwrap().Rating.ShouldNotBeNull().Stars.ShouldBe(4);
    }
}
