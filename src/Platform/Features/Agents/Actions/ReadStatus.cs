using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>Shows how the agents are doing, counted from their runs.</summary>
public sealed class ReadStatus(RunStore runs, OrganizationBudget budget, IModels models, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    /// <summary>All agents that are built.</summary>
    public async Task<Result<AgentsStatusView>> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var (unfinished, ended) = await runs.CountAsync(caller, time.GetUtcNow() - Period, cancellationToken);
        var money = await budget.ReadAsync(caller, cancellationToken);
        var exhausted = !models.Active.Offline && money.TokensUsed + money.TokensReserved >= money.TokensLimit;
        var agents = Enum.GetValues<AgentName>().Select(agent =>
        {
            var busy = unfinished.Where(g => Is(g, 0, agent)).Sum(g => g.Count);
            long Ended(RunState state) => ended.Where(g => Is(g, 0, agent) && Is(g, 1, state)).Sum(g => g.Count);
            return new AgentStatusView(agent, busy > 0 ? "working" : exhausted ? "overBudget" : "idle", busy, Ended(RunState.Succeeded), Ended(RunState.Failed), Ended(RunState.Cancelled));
        }).ToList();
        return new AgentsStatusView(agents, [.. models.All.Select(m => new ProviderView(m.Provider, m.Model, m.Offline, m == models.Active, m.Missing))], money);
    }

    private static bool Is<TEnum>(Storage.Group group, int key, TEnum value) where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(group.Keys[key]?.ToString(), ignoreCase: true, out var read) && read.Equals(value);
}
