using Microsoft.AspNetCore.Components;

namespace Platform.Ui.Layouts;

/// <summary>A part of the frame that depends on nothing but what the frame shows: what happens on the page does not draw it again.</summary>
public abstract class FramePart : ComponentBase
{
    private ShellModel? _drawn;

    /// <summary>What the frame shows.</summary>
    [Parameter, EditorRequired]
    public required ShellModel Model { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized() => _drawn = Model;

    /// <inheritdoc />
    protected override bool ShouldRender()
    {
        var changed = !ReferenceEquals(_drawn, Model);
        _drawn = Model;
        return changed;
    }
}
