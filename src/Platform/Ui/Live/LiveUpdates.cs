using Microsoft.AspNetCore.Components;
using Platform.Tenancy;

namespace Platform.Ui.Live;

/// <summary>
/// Keeps a page true: <c>&lt;LiveUpdates Kinds="@(["post-status"])" OnChange="ReloadAsync" /&gt;</c>. Changes that come in a burst are told
/// once, a quarter of a second after the first, on the renderer's own thread. Draws nothing.
/// </summary>
public sealed class LiveUpdates(ILiveEvents events, CallerProvider callers, TimeProvider clock) : ComponentBase, IDisposable
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _gone = new();
    private HashSet<LiveChange>? _waiting;
    private IDisposable? _subscription;

    /// <summary>The kinds to hear; see <see cref="LiveChange.Kind"/>.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyCollection<string> Kinds { get; set; }

    /// <summary>Called with the distinct changes of a burst.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<IReadOnlyCollection<LiveChange>> OnChange { get; set; }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Only a live circuit gets here; a prerender has nothing to follow.
        if (!firstRender) { return; }
        var caller = await callers.GetAsync();
        if (caller.Kind is CallerKind.Anonymous || _gone.IsCancellationRequested) { return; }
        _subscription = events.Subscribe(caller, Kinds, HearAsync);
    }

    private async Task HearAsync(LiveChange change)
    {
        lock (_lock)
        {
            if (_waiting is { } others) { others.Add(change); return; }
            _waiting = [change];
        }
        try
        {
            await Task.Delay(Gather, clock, _gone.Token);
            await InvokeAsync(() => OnChange.InvokeAsync(Take()));
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left meanwhile: nobody needs to know any more.
        }
    }

    private IReadOnlyCollection<LiveChange> Take()
    {
        lock (_lock)
        {
            LiveChange[] changes = [.. _waiting ?? []];
            _waiting = null;
            return changes;
        }
    }
}
