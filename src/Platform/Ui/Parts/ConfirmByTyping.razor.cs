using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Primitives;

namespace Platform.Ui.Parts;

/// <summary>Asks for a typed word before something that cannot be undone. <see cref="ShowAsync"/> opens it.</summary>
public sealed partial class ConfirmByTyping(IStringLocalizer<Texts> T)
{
    private Modal? modal;
    private string typed = "";
    private bool busy;

    /// <summary>The question.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What must be typed, such as a handle.</summary>
    [Parameter, EditorRequired]
    public required string Word { get; set; }

    /// <summary>The button's words: verb and object.</summary>
    [Parameter, EditorRequired]
    public required string ActionText { get; set; }

    /// <summary>What will happen, with numbers.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>Does it. A problem keeps the dialog open and is shown; null closes it.</summary>
    [Parameter, EditorRequired]
    public required Func<Task<Problem?>> OnConfirm { get; set; }

    private Problem? Problem { get; set; }

    private bool Matches => string.Equals(typed.Trim(), Word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens the dialog.</summary>
    public Task ShowAsync()
    {
        (typed, Problem) = ("", null);
        return modal!.ShowAsync();
    }

    private Task CloseAsync() => modal!.CloseAsync();

    private async Task ConfirmAsync()
    {
        if (!Matches || busy) { return; }
        busy = true;
        try { Problem = await OnConfirm(); }
        finally { busy = false; }
        if (Problem is null) { await CloseAsync(); }
    }
}
