using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Platform.Features.Channels.Contracts;

namespace Platform.Features.Publishing.Ui;

/// <summary>A day of the calendar.</summary>
public sealed partial class CalendarCell
{
    private bool _over;

    /// <summary>The day.</summary>
    [Parameter, EditorRequired] public required CalendarDay Day { get; set; }

    /// <summary>The channels by id, for their names.</summary>
    [Parameter, EditorRequired] public required IReadOnlyDictionary<string, ChannelView> Channels { get; set; }

    /// <summary>What is being dragged; null for nothing.</summary>
    [Parameter, EditorRequired] public required CalendarItem? Dragged { get; set; }

    /// <summary>A drag began, or ended (null).</summary>
    [Parameter, EditorRequired] public required EventCallback<CalendarItem?> OnDrag { get; set; }

    /// <summary>What is dragged was let go here.</summary>
    [Parameter, EditorRequired] public required EventCallback OnDrop { get; set; }

    /// <summary>The person asked for the move dialog.</summary>
    [Parameter, EditorRequired] public required EventCallback<CalendarItem> OnMove { get; set; }

    /// <summary>The person moved it by so many days with the keyboard.</summary>
    [Parameter, EditorRequired] public required EventCallback<(CalendarItem Item, int Days)> OnNudge { get; set; }

    private string ChannelName(CalendarItem item) => Channels.GetValueOrDefault(item.Publication.ChannelId)?.DisplayName ?? T["Calendar.Removed"];

    private string Text(CalendarItem item) => item.Text.Length > 0 ? item.Text : T["NoText"];

    private Task DropAsync()
    {
        _over = false;
        return OnDrop.InvokeAsync();
    }

    private Task KeyAsync(KeyboardEventArgs key, CalendarItem item)
    {
        if (!item.IsMovable) { return Task.CompletedTask; }
        return (key.Key, key.AltKey) switch
        {
            ("m" or "M", false) when !key.CtrlKey && !key.MetaKey => OnMove.InvokeAsync(item),
            ("ArrowRight", true) => OnNudge.InvokeAsync((item, 1)),
            ("ArrowLeft", true) => OnNudge.InvokeAsync((item, -1)),
            ("ArrowDown", true) => OnNudge.InvokeAsync((item, 7)),
            ("ArrowUp", true) => OnNudge.InvokeAsync((item, -7)),
            _ => Task.CompletedTask,
        };
    }
}
