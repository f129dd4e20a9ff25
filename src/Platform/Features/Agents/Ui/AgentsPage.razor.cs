using Microsoft.AspNetCore.Components;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Live;
using Platform.Ui.Parts;

namespace Platform.Features.Agents.Ui;

/// <summary>The agents: how they are doing, what they propose, what they did.</summary>
public sealed partial class AgentsPage(AgentsDesk desk, CallerProvider callers, NavigationManager navigation, Toasts toasts)
{
    private IReadOnlyList<Tab> Agents => [new("", T["Agents.All"]), .. Enum.GetNames<AgentName>().Select(n => new Tab(n.ToLowerInvariant(), n))];
    private IReadOnlyList<Tab> RunStates => [new("", T["Agents.All"]), .. Enum.GetValues<RunState>().Select(s => new Tab($"{s}".ToLowerInvariant(), AgentWords.Of(s).Text))];
    private IReadOnlyList<Tab> SuggestionStates => [new("", T["Agents.ToDecide"]), new("accepted", T["Agents.AcceptedShort"]), new("edited", T["Agents.AcceptedWithChanges"]), new("rejected", T["Agents.RejectedShort"])];

    private Result<AgentsStatusView>? _status;
    private Result<Page<RunView>>? _runs;
    private Result<Page<SuggestionView>>? _suggestions;
    private IReadOnlyList<ChannelView> _channels = [];
    private PlanWeekDialog _plan = null!;
    private Problem? _said;
    private bool _mayUse, _mayDecide, _maySchedule, _mayManage;

    [SupplyParameterFromQuery(Name = "tab")] private string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "agent")] private string? Agent { get; set; }

    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        (_mayUse, _mayDecide) = (caller.May(Permission.AgentsUse), caller.May(Permission.ContentWrite));
        (_maySchedule, _mayManage) = (caller.May(Permission.ContentPublish), caller.May(Permission.AgentsManage));
        _channels = await desk.ChannelsAsync(caller);
        _status = await desk.StatusAsync(caller);
        if (Tab == "runs") { _runs = await desk.RunsAsync(caller, RunsWanted(null)); } else { _suggestions = await desk.SuggestionsAsync(caller, SuggestionsWanted(null)); }
    }

    private ListRunsRequest RunsWanted(string? cursor) => new(Read<AgentName>(Agent), null, Read<RunState>(State), 25, cursor);

    private ListSuggestionsRequest SuggestionsWanted(string? cursor) => new(Read<SuggestionState>(State) ?? SuggestionState.Open, null, 25, cursor);

    private static T? Read<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    private Task FollowAsync(IReadOnlyCollection<LiveChange> changes) => LoadAsync();

    private async Task MoreRunsAsync(string cursor)
    {
        var more = await desk.RunsAsync(await callers.GetAsync(), RunsWanted(cursor));
        _runs = more.Map(page => page with { Items = [.. _runs!.Value!.Items, .. page.Items] });
    }

    private async Task MoreSuggestionsAsync(string cursor)
    {
        var more = await desk.SuggestionsAsync(await callers.GetAsync(), SuggestionsWanted(cursor));
        _suggestions = more.Map(page => page with { Items = [.. _suggestions!.Value!.Items, .. page.Items] });
    }

    private async Task AcceptAsync((SuggestionView Suggestion, AcceptSuggestionRequest Request) accepted)
    {
        var result = await desk.Acts.Decide.AcceptAsync(await callers.GetAsync(), accepted.Suggestion.Id, accepted.Request, CancellationToken.None);
        _said = result.Problem;
        if (result.Ok) { toasts.Say(accepted.Request.Schedule ? T["Agents.AcceptedAndScheduled"] : result.Value.PostId is null ? T["Agents.Accepted"] : T["Agents.AcceptedTheDraftIsIn"]); }
        await LoadAsync();
    }

    private async Task RejectAsync((SuggestionView Suggestion, string Reason) rejected)
    {
        var result = await desk.Acts.Decide.RejectAsync(await callers.GetAsync(), rejected.Suggestion.Id, new(rejected.Reason), CancellationToken.None);
        _said = result.Problem;
        if (result.Ok) { toasts.Say(T["Agents.Rejected"]); }
        await LoadAsync();
    }

    private async Task<Problem?> PlanAsync(PlanWeekRequest request)
    {
        var run = await desk.Acts.Plan.RunAsync(await callers.GetAsync(), request, CancellationToken.None);
        if (run.Ok) { navigation.NavigateTo($"/agents/runs/{run.Value.Id}"); }
        return run.Problem;
    }

    private async Task<Problem?> SaveBudgetAsync(SetBudgetRequest request)
    {
        var saved = await desk.SaveBudgetAsync(await callers.GetAsync(), request);
        if (saved.Ok) { toasts.Say(T["Agents.TheLimitsAreSaved"]); await LoadAsync(); StateHasChanged(); }
        return saved.Problem;
    }

    private string NameOf(TargetFit fit) => _channels.FirstOrDefault(c => c.Id == fit.ChannelId)?.DisplayName ?? fit.Network;
}
