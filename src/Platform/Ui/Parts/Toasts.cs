using Platform.Primitives;

namespace Platform.Ui.Parts;

/// <summary>A short message at the foot of the page.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">What happened.</param>
/// <param name="Undo">Takes it back; null where there is nothing to take back.</param>
public sealed record Toast(string Id, string Text, Func<Task>? Undo);

/// <summary>The messages of one circuit. Pages say what happened, and offer to take it back; the host in the frame shows it for ten seconds.</summary>
public sealed class Toasts
{
    private readonly List<Toast> _shown = [];

    /// <summary>Something was added or taken away.</summary>
    public event Action? Changed;

    /// <summary>What is shown now, oldest first; at most three.</summary>
    public IReadOnlyList<Toast> Shown => _shown;

    /// <summary>Says what happened.</summary>
    public void Say(string text) => Add(new Toast(Ids.New(), text, null));

    /// <summary>Says what happened and offers to take it back. Prefer this to asking "are you sure".</summary>
    public void OfferUndo(string text, Func<Task> undo) => Add(new Toast(Ids.New(), text, undo));

    /// <summary>Takes a message away.</summary>
    public void Dismiss(string id)
    {
        if (_shown.RemoveAll(t => t.Id == id) > 0) { Changed?.Invoke(); }
    }

    private void Add(Toast toast)
    {
        _shown.Add(toast);
        if (_shown.Count > 3) { _shown.RemoveAt(0); }
        Changed?.Invoke();
    }
}
