using System.Globalization;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>An organization's own limits a month; null: no own limit.</summary>
/// <param name="Credits">At most those of the plan.</param>
/// <param name="CostMicroUsd">In millionths of a US dollar. Models whose price is not known are then not asked.</param>
public sealed record SetBudgetRequest(long? Credits, long? CostMicroUsd);

/// <summary>Shows and sets the budget. The plan's credits stay the upper bound, whatever is set.</summary>
public sealed class SetBudget(OrganizationBudget budget, BudgetStore store, IAudit audit)
{
    /// <summary>The budget as it stands.</summary>
    public async Task<Result<BudgetView>> ReadAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.May(Permission.ContentRead) ? await budget.ReadAsync(caller, cancellationToken) : Problem.Forbidden();

    /// <summary>Sets the own limits. Lowering one below what is used stops further work until the next month.</summary>
    public async Task<Result<BudgetView>> RunAsync(Caller caller, SetBudgetRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AgentsManage)) { return Problem.Forbidden(); }
        var view = await budget.ReadAsync(caller, cancellationToken);
        if (request.Credits is { } credits && (credits < 0 || credits > view.PlanCredits)) { return Problem.InvalidField("credits", "credits_invalid", $"The limit must be 0 to {view.PlanCredits}, the credits of your plan."); }
        if (request.CostMicroUsd < 0) { return Problem.InvalidField("costMicroUsd", "cost_invalid", "The limit in money must not be negative."); }
        await store.SaveLimitsAsync(caller, request.Credits, request.CostMicroUsd, cancellationToken);
        await audit.RecordAsync(caller, new("ai_budget.changed", "organization", caller.OrganizationId, string.Create(CultureInfo.InvariantCulture, $"credits {request.Credits}, cost {request.CostMicroUsd} micro-dollars (empty: no own limit)")), cancellationToken);
        return await budget.ReadAsync(caller, cancellationToken);
    }
}
