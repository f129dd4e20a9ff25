using System.Globalization;
using Microsoft.AspNetCore.Components;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;

namespace Platform.Features.Agents.Ui;

/// <summary>The agents that are built, the model they use and the month's budget.</summary>
public sealed partial class AgentsOverview
{
    private const decimal MicroUsd = 1_000_000m;
    private AgentsStatusView? _shown;
    private long? _credits;
    private decimal? _dollars;
    private Problem? _problem;

    /// <summary>What to show.</summary>
    [Parameter, EditorRequired] public required AgentsStatusView Status { get; set; }

    /// <summary>Whether the reader may set limits.</summary>
    [Parameter, EditorRequired] public required bool MayManage { get; set; }

    /// <summary>Saves limits.</summary>
    [Parameter, EditorRequired] public required Func<SetBudgetRequest, Task<Problem?>> OnBudget { get; set; }

    private string Used => string.Create(CultureInfo.CurrentCulture,
        $"{Status.Budget.CreditsUsed:0.#} of {Status.Budget.CreditsLimit:N0} credits used{(Status.Budget.TokensReserved > 0 ? $", {(decimal)Status.Budget.TokensReserved / Status.Budget.TokensPerCredit:0.#} set aside" : "")}.");

    private string Money => (Status.Budget.CostLimitMicroUsd is { } limit ? $"{AgentWords.Cost(Status.Budget.CostMicroUsd)} of ${limit / MicroUsd:0.00}." : Status.Budget.CostMicroUsd > 0 ? $"{AgentWords.Cost(Status.Budget.CostMicroUsd)} spent." : "")
        + (Status.Budget.TokensOfUnknownPrice > 0 ? $" {Status.Budget.TokensOfUnknownPrice:N0} tokens of a model whose price is not known are not in it." : "");

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (_shown == Status) { return; }
        _shown = Status;
        (_credits, _dollars) = (Status.Budget.OwnCreditsLimit, Status.Budget.CostLimitMicroUsd / MicroUsd);
    }

    private async Task SaveAsync() => _problem = await OnBudget(new(_credits, _dollars is { } dollars ? (long)(dollars * MicroUsd) : null));

    private string Does(AgentName agent) => agent switch
    {
        AgentName.Content => T["AgentsOverview.WritesDraftsBetterAndShorter"],
        _ => T["AgentsOverview.FindsTheTimesAtWhich"],
    };
}
