using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Ui;

/// <summary>What the Agents pages read and do.</summary>
public sealed class AgentsDesk(ReadStatus status, ReadRuns runs, ReadSuggestions suggestions, IChannels channels, SetBudget budget, RunActions acts)
{
    /// <summary>How the agents are doing.</summary>
    public Task<Result<AgentsStatusView>> StatusAsync(Caller caller) => status.RunAsync(caller, CancellationToken.None);

    /// <summary>A page of runs.</summary>
    public Task<Result<Page<RunView>>> RunsAsync(Caller caller, ListRunsRequest request) => runs.ListAsync(caller, request, CancellationToken.None);

    /// <summary>One run.</summary>
    public Task<Result<RunView>> RunAsync(Caller caller, string id) => runs.GetAsync(caller, id, CancellationToken.None);

    /// <summary>A page of suggestions.</summary>
    public Task<Result<Page<SuggestionView>>> SuggestionsAsync(Caller caller, ListSuggestionsRequest request) => suggestions.ListAsync(caller, request, CancellationToken.None);

    /// <summary>The organization's channels.</summary>
    public Task<IReadOnlyList<ChannelView>> ChannelsAsync(Caller caller) => channels.ListAsync(caller, CancellationToken.None);

    /// <summary>Sets the own limits.</summary>
    public Task<Result<BudgetView>> SaveBudgetAsync(Caller caller, SetBudgetRequest request) => budget.RunAsync(caller, request, CancellationToken.None);

    /// <summary>What can be done with runs and suggestions.</summary>
    public RunActions Acts => acts;
}

/// <summary>What can be done with runs and suggestions.</summary>
public sealed record RunActions(CancelRun Cancel, RateRun Rate, DecideSuggestion Decide, PlanWeek Plan);
