using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Agents;

/// <summary>The hard budget, on the real store.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly AgentsApp _app = new(null, credits: 10);

    private OrganizationBudget Budget => _app.Get<OrganizationBudget>();

    [Fact]
    public async Task A_hundred_calls_at_once_never_go_over_the_budget()
    {
        // 10,000 tokens; each call may use 300: 33 fit.
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Budget.ReserveAsync(_app.Caller, new(300, 5, "m", null), default)));
        results.Count(r => r.Ok).ShouldBe(33);
        results.First(r => !r.Ok).Problem!.Code.ShouldBe("ai_budget_exhausted");
        var view = await Budget.ReadAsync(_app.Caller, default);
        view.TokensReserved.ShouldBe(9_900);
        view.TokensUsed.ShouldBe(0);

        await Task.WhenAll(results.Where(r => r.Ok).Select(r => Budget.SettleAsync(_app.Caller, r.Value!, new(100, 50, 2, false), default)));
        view = await Budget.ReadAsync(_app.Caller, default);
        view.TokensReserved.ShouldBe(0);
        view.TokensUsed.ShouldBe(33 * 150);
        view.CostMicroUsd.ShouldBe(66);
    }

    [Fact]
    public async Task A_hold_is_settled_once_however_often_it_is_tried()
    {
        var hold = (await Budget.ReserveAsync(_app.Caller, new(300, null, "m", null), default)).Unwrap();
        for (var i = 0; i < 3; i++) { await Budget.SettleAsync(_app.Caller, hold, new(10, 10, null, false), default); }
        var view = await Budget.ReadAsync(_app.Caller, default);
        view.TokensUsed.ShouldBe(20);
        view.TokensReserved.ShouldBe(0);
        view.TokensOfUnknownPrice.ShouldBe(20, "an unknown price is not counted as free");
    }

    [Fact]
    public async Task An_exhausted_budget_says_when_the_next_begins()
    {
        var refused = await Budget.ReserveAsync(_app.Caller, new(10_001, null, "m", null), default);
        refused.Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.LimitReached);
        refused.Problem.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        var resets = (await Budget.ReadAsync(_app.Caller, default)).ResetsAt;
        refused.Problem.Message.ShouldContain(resets.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task An_own_limit_holds_below_the_plan_and_not_above_it()
    {
        (await _app.Get<SetBudget>().RunAsync(_app.Caller, new(11, null), default)).Problem.ShouldNotBeNull().Code.ShouldBe("credits_invalid");
        (await _app.Get<SetBudget>().RunAsync(_app.Caller, new(1, null), default)).Unwrap().TokensLimit.ShouldBe(1_000);
        (await Budget.ReserveAsync(_app.Caller, new(1_001, null, "m", null), default)).Ok.ShouldBeFalse();
        (await Budget.ReserveAsync(_app.Caller, new(1_000, null, "m", null), default)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task A_limit_in_money_refuses_models_of_unknown_price()
    {
        (await _app.Get<SetBudget>().RunAsync(_app.Caller, new(null, 100), default)).Unwrap();
        (await Budget.ReserveAsync(_app.Caller, new(10, null, "strange-1", null), default)).Problem.ShouldNotBeNull().Code.ShouldBe("ai_price_unknown");
        (await Budget.ReserveAsync(_app.Caller, new(10, 101, "m", null), default)).Problem.ShouldNotBeNull().Code.ShouldBe("ai_budget_exhausted");
        (await Budget.ReserveAsync(_app.Caller, new(10, 100, "m", null), default)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task One_organization_never_pays_for_another()
    {
        var other = _app.Caller with { Organization = new(Ids.New()) };
        (await Budget.ReserveAsync(_app.Caller, new(10_000, null, "m", null), default)).Ok.ShouldBeTrue();
        (await Budget.ReserveAsync(other, new(10_000, null, "m", null), default)).Ok.ShouldBeTrue();
        var hold = (await _app.Get<BudgetStore>().AccountAsync(other, (await Budget.ReadAsync(other, default)).Period, default)).ShouldNotBeNull();
        hold.OrganizationId.ShouldBe(other.OrganizationId);
    }

    [Fact]
    public async Task Only_those_who_manage_agents_set_the_budget()
    {
        var editor = _app.Caller with { Role = Role.Editor };
        (await _app.Get<SetBudget>().RunAsync(editor, new(1, null), default)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.Forbidden);
    }

    public void Dispose() => _app.Dispose();
}
