using Microsoft.AspNetCore.Components;

namespace Platform.Ui.Parts;

/// <summary>A column of a <see cref="DataTable{TItem}"/>. Draws nothing by itself.</summary>
/// <typeparam name="TItem">A row.</typeparam>
public sealed class Column<TItem> : ComponentBase, IDisposable
{
    /// <summary>Its title.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Numbers stand right and under each other.</summary>
    [Parameter]
    public bool Number { get; set; }

    /// <summary>For columns of buttons: the title is only read aloud.</summary>
    [Parameter]
    public bool HideTitle { get; set; }

    /// <summary>A cell.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<TItem> ChildContent { get; set; }

    [CascadingParameter]
    private DataTable<TItem>? Table { get; set; }

    /// <inheritdoc />
    public void Dispose() => Table?.Remove(this);

    /// <inheritdoc />
    protected override void OnInitialized() => Table?.Add(this);
}
