using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Platform.Ui.Errors;

namespace Platform.Ui.Layouts;

/// <summary>The frame of both shells: side navigation, bar, content with its error boundary, toasts. Palette and help stand beside it in the document (<see cref="FrameDialogs"/>).</summary>
public sealed partial class Shell(
    CallerProvider callers, IReaderSettings readers, NavigationManager navigation, ShellParts parts, IJSRuntime js, IStringLocalizer<Texts> T) : IDisposable
{
    private PageErrorBoundary? boundary;
    private Task<AuthenticationState>? seen;

    /// <summary>Which shell.</summary>
    [Parameter, EditorRequired]
    public required MenuArea Area { get; set; }

    /// <summary>The page.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment? Body { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Signed { get; set; }

    private ShellModel? Model { get; set; }

    // With a base address in the document, a bare #content would lead to the start page.
    private string SkipTarget => $"{navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]}#content";

    /// <inheritdoc />
    public void Dispose() => navigation.LocationChanged -= LeaveError;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += LeaveError;
        await ReadAsync();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // Another role, another organization or the end of a session changes what the frame offers, without a reload.
        if (!ReferenceEquals(seen, Signed)) { await ReadAsync(); }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The circuit hears events from here on: what was typed while the one before was lost is put back (js/connection.js).
        if (firstRender) { await js.InvokeVoidAsync("platform.ready"); }
    }

    private async Task ReadAsync()
    {
        seen = Signed;
        var caller = await callers.GetAsync();
        var reader = await readers.ForAsync(caller, CancellationToken.None);
        Model = ShellModel.For(Area, caller, reader, parts.Menu, parts.Actions, parts.Parts);
    }

    private void LeaveError(object? sender, LocationChangedEventArgs args) => boundary?.Recover();
}

/// <summary>All that features put into the frames.</summary>
/// <param name="Menu">Pages.</param>
/// <param name="Actions">Palette actions.</param>
/// <param name="Parts">Components.</param>
public sealed record ShellParts(IEnumerable<MenuEntry> Menu, IEnumerable<PaletteAction> Actions, IEnumerable<HeaderPart> Parts);
