using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace Platform.Ui.Layouts;

/// <summary>
/// A feature's component in the frame or on the dashboard: if it breaks, it is left out and logged, and the page stays. It takes no parameters and draws itself
/// when it has news, so what happens around it does not draw it again.
/// </summary>
public sealed class SafePart : ErrorBoundary
{
    private Type? _drawn;

    /// <summary>What to draw.</summary>
    [Parameter, EditorRequired]
    public required Type Component { get; set; }

    /// <inheritdoc />
    protected override bool ShouldRender() => _drawn != Component || CurrentException is not null;

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        _drawn = CurrentException is null ? Component : null;
        if (_drawn is null) { return; }
        builder.OpenComponent(0, Component);
        builder.CloseComponent();
    }
}
