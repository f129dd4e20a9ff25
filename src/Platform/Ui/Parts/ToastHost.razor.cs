using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Platform.Ui.Parts;

/// <summary>Shows the circuit's toasts, each for ten seconds; a pointer or the focus on one stops its clock.</summary>
public sealed partial class ToastHost(Toasts toasts, TimeProvider clock, IStringLocalizer<Texts> T) : IDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, ITimer> _timers = [];

    private Toasts Toasts => toasts;

    /// <inheritdoc />
    public void Dispose()
    {
        toasts.Changed -= Refresh;
        foreach (var timer in _timers.Values) { timer.Dispose(); }
    }

    /// <inheritdoc />
    protected override void OnInitialized() => toasts.Changed += Refresh;

    private void Refresh() => _ = InvokeAsync(() =>
    {
        foreach (var toast in toasts.Shown.Where(t => !_timers.ContainsKey(t.Id))) { Start(toast); }
        foreach (var gone in _timers.Keys.Except(toasts.Shown.Select(t => t.Id)).ToList()) { Forget(gone); }
        StateHasChanged();
    });

    private void Start(Toast toast)
    {
        Forget(toast.Id);
        _timers[toast.Id] = clock.CreateTimer(_ => InvokeAsync(() => toasts.Dismiss(toast.Id)), null, Shown, Timeout.InfiniteTimeSpan);
    }

    private void Hold(Toast toast)
    {
        if (_timers.TryGetValue(toast.Id, out var timer)) { timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan); }
    }

    private void Forget(string id)
    {
        if (_timers.Remove(id, out var timer)) { timer.Dispose(); }
    }

    private async Task UndoAsync(Toast toast)
    {
        toasts.Dismiss(toast.Id);
        if (toast.Undo is { } undo) { await undo(); }
    }
}
