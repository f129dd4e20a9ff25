using Microsoft.AspNetCore.Components;
using Platform.Features.Publishing.Contracts;
using Platform.Ui.Parts;

namespace Platform.Features.Publishing.Ui;

/// <summary>The way to move a publication without dragging.</summary>
public sealed partial class MoveDialog
{
    private Modal? _modal;
    private CalendarItem? _item;
    private DateOnly _date;
    private TimeOnly _time;
    private string _zone = "UTC";
    private string? _says;

    /// <summary>The person chose a time.</summary>
    [Parameter, EditorRequired] public required EventCallback<(CalendarItem Item, DateTime Local, string Zone)> OnMove { get; set; }

    /// <summary>Opens it for a publication, in a zone.</summary>
    public Task ShowAsync(CalendarItem item, string zone)
    {
        (_item, _zone, _says) = (item, zone, null);
        (_date, _time) = (DateOnly.FromDateTime(item.Local), TimeOnly.FromDateTime(item.Local));
        StateHasChanged();
        return _modal!.ShowAsync();
    }

    private void Explain() => _says = ScheduleClock.Resolve(_date.ToDateTime(_time), _zone) is { Ok: true } resolved ? resolved.Value.Explanation : null;

    private async Task MoveAsync()
    {
        await _modal!.CloseAsync();
        await OnMove.InvokeAsync((_item!, _date.ToDateTime(_time), _zone));
    }
}
