namespace Platform.Features.Agents.Contracts;

/// <summary>How an agent is doing.</summary>
/// <param name="Agent">Which.</param>
/// <param name="State">idle, working or overBudget.</param>
/// <param name="Unfinished">Runs that wait or are at work.</param>
/// <param name="Succeeded">Runs of the last 30 days that made something.</param>
/// <param name="Failed">Runs of the last 30 days that failed.</param>
/// <param name="Cancelled">Runs of the last 30 days that a person stopped.</param>
public sealed record AgentStatusView(AgentName Agent, string State, long Unfinished, long Succeeded, long Failed, long Cancelled);

/// <summary>A model provider and whether it can be used.</summary>
public sealed record ProviderView(string Provider, string Model, bool Offline, bool Active, string? Missing);

/// <summary>The agents that are built, and what they work with.</summary>
public sealed record AgentsStatusView(IReadOnlyList<AgentStatusView> Agents, IReadOnlyList<ProviderView> Providers, BudgetView Budget);
