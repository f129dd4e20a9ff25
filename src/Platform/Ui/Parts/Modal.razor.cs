using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Platform.Primitives;

namespace Platform.Ui.Parts;

/// <summary>A dialog: <c>@ref</c> it and call <see cref="ShowAsync"/> and <see cref="CloseAsync"/>.</summary>
public sealed partial class Modal(IJSRuntime js, IStringLocalizer<Texts> T)
{
    private readonly string titleId = "d" + Ids.New()[20..];
    private ElementReference element;
    private bool opening;

    /// <summary>What the dialog is for; a question or a verb with its object.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>The body.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    /// <summary>The buttons, the primary one last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Told after it closed, whatever closed it.</summary>
    [Parameter]
    public EventCallback OnClosed { get; set; }

    /// <summary>Whether it is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens it.</summary>
    public Task ShowAsync() => InvokeAsync(() =>
    {
        IsOpen = opening = true;
        StateHasChanged();
    });

    /// <summary>Closes it.</summary>
    public async Task CloseAsync()
    {
        if (IsOpen) { await js.InvokeVoidAsync("platform.closeDialog", element); }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!opening) { return; }
        opening = false;
        await js.InvokeVoidAsync("platform.showDialog", element);
    }

    private Task ClosedAsync()
    {
        IsOpen = false;
        return OnClosed.InvokeAsync();
    }
}
