using Microsoft.AspNetCore.Components;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Live;
using Platform.Ui.Parts;

namespace Platform.Features.Agents.Ui;

/// <summary>One run: what it was given, what it made, what it drew on and what it cost. Follows it while it works.</summary>
public sealed partial class RunPage(AgentsDesk desk, CallerProvider callers, Toasts toasts, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);
    private readonly CancellationTokenSource _gone = new();
    private Result<RunView>? _run;
    private IReadOnlyList<SuggestionView> _suggestions = [];
    private Problem? _said;
    private bool _mayUse, _mayDecide, _maySchedule;

    /// <summary>The run's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) { return; }
        // Live hints may be lost, and those before this page listened are: an unfinished run is also looked at by the clock.
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token)) { await LookAgainAsync(); }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task LookAgainAsync()
    {
        if (_run is not { Ok: true, Value.State: RunState.Queued or RunState.Running }) { return; }
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        (_mayUse, _mayDecide, _maySchedule) = (caller.May(Permission.AgentsUse), caller.May(Permission.ContentWrite), caller.May(Permission.ContentPublish));
        var run = await desk.RunAsync(caller, Id);
        if (run.Ok && await desk.SuggestionsAsync(caller, new(null, Id, 50)) is { Ok: true } made) { _suggestions = [.. made.Value.Items.Reverse()]; }
        _run = run;
    }

    private Task FollowAsync(IReadOnlyCollection<LiveChange> changes) => changes.Any(c => c.IsAbout(Id)) ? LoadAsync() : Task.CompletedTask;

    private Task CancelAsync() => ActAsync(async caller => (await desk.Acts.Cancel.RunAsync(caller, Id, CancellationToken.None)).Problem, T["Run.Cancelled"]);

    private Task RateAsync(RateRunRequest rating) => ActAsync(async caller => (await desk.Acts.Rate.RunAsync(caller, Id, rating, CancellationToken.None)).Problem, T["Run.ThankYouNoted"]);

    private Task AcceptAsync((SuggestionView Suggestion, AcceptSuggestionRequest Request) accepted) =>
        ActAsync(async caller => (await desk.Acts.Decide.AcceptAsync(caller, accepted.Suggestion.Id, accepted.Request, CancellationToken.None)).Problem, T["Run.Accepted"]);

    private Task RejectAsync((SuggestionView Suggestion, string Reason) rejected) =>
        ActAsync(async caller => (await desk.Acts.Decide.RejectAsync(caller, rejected.Suggestion.Id, new(rejected.Reason), CancellationToken.None)).Problem, T["Run.Rejected"]);

    private async Task ActAsync(Func<Caller, Task<Problem?>> act, string done)
    {
        _said = await act(await callers.GetAsync());
        if (_said is null) { toasts.Say(done); }
        await LoadAsync();
    }
}
