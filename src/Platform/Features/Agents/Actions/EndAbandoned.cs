using Platform.Ai;
using Platform.Features.Agents.Store;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>
/// Fails runs that gave no sign of life, and settles their holds in full: the call may have been answered and billed, so the budget counts it
/// as used. Too much rather than too little.
/// </summary>
public sealed class EndAbandoned(RunStore runs, BudgetStore budget, AgentsOptions options, TimeProvider time)
{
    /// <summary>How many runs were failed.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var hold in await budget.ExpiredAsync(now, cancellationToken))
        {
            await budget.SettleAsync(Caller.System(hold.OrganizationId), hold.Id, new ModelUsage(hold.Tokens, 0, hold.CostMicroUsd, true), cancellationToken);
        }
        return await runs.FailAbandonedAsync(now.AddMinutes(-options.AbandonedAfterMinutes), now, cancellationToken);
    }
}
