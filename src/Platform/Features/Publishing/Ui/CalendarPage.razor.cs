using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Publishing.Ui;

/// <summary>What is due in a month or a week. A publication is moved by dragging, by its Move button or the M key, or by Alt and the arrow keys; each can be undone.</summary>
public sealed partial class CalendarPage(ShowCalendar calendar, MovePublication move, IChannels channels, CallerProvider callers, Toasts toasts, TimeProvider clock)
{
    private Result<CalendarRange>? _range;
    private IReadOnlyDictionary<string, ChannelView> _channels = new Dictionary<string, ChannelView>();
    private IReadOnlyList<CalendarDay> _days = [];
    private CalendarView _view = CalendarView.Around(DateOnly.MinValue.AddDays(400), false, DayOfWeek.Monday);
    private CalendarItem? _dragged;
    private Search _toToday;
    private MoveDialog? _move;
    private Problem? _said;

    [CascadingParameter] private ReaderSettings? Reader { get; set; }

    [SupplyParameterFromQuery(Name = "view")] private string? View { get; set; }

    [SupplyParameterFromQuery(Name = "date")] private string? Date { get; set; }

    [SupplyParameterFromQuery(Name = "channel")] private string? Channel { get; set; }

    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }

    private IReadOnlyList<Tab> ViewTabs => [new("", T["Calendar.Month"]), new("week", T["Calendar.Week"])];

    private TimeZoneInfo Zone => (Reader ?? ReaderSettings.Default).Zone;

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).DateTime);

    private IReadOnlyList<Tab> ChannelOptions => [new("", T["Calendar.All"]), .. _channels.Values.Select(c => new Tab(c.Id, c.DisplayName))];

    private IReadOnlyList<Tab> StateOptions =>
        [new("", T["Calendar.All"]), .. new[] { PublicationState.Scheduled, PublicationState.Published, PublicationState.Unconfirmed, PublicationState.Held, PublicationState.Missed, PublicationState.Failed }
            .Select(s => new Tab(s.ToString(), PublicationLook.Of(s).Text))];

    /// <summary>Whether today is to be brought into view: where a month opens with it (a week is short, and would stop half way), and where it is asked for. Steps to other days and news leave the page where it is.</summary>
    private enum Search
    {
        None,
        Opening,
        Asked,
    }

    /// <inheritdoc />
    protected override void OnInitialized() => _toToday = Date is null && View != "week" ? Search.Opening : Search.None;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toToday is Search.None || !_days.Any(d => d is { IsToday: true, InRange: true })) { return; }
        var asked = _toToday is Search.Asked;
        _toToday = Search.None;
        await Scripts.InvokeVoidAsync("platform.showToday", asked);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        var day = DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : Today;
        _view = CalendarView.Around(day, View == "week", CultureInfo.CurrentCulture.DateTimeFormat.FirstDayOfWeek);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        var (from, to) = _view.Range(Zone);
        var states = Enum.TryParse<PublicationState>(State, out var state) ? new[] { state } : null;
        _channels = (await channels.ListAsync(caller, CancellationToken.None)).ToDictionary(c => c.Id);
        Show(await calendar.RunAsync(caller, new(from, to, states, string.IsNullOrEmpty(Channel) ? null : [Channel]), CancellationToken.None));
    }

    private void Show(Result<CalendarRange> range)
    {
        _range = range;
        if (range.Ok) { _days = _view.Fill(range.Value.Publications.Where(p => p.State != PublicationState.Cancelled), Zone, Today); }
    }

    private string Link(DateOnly? day)
    {
        var parts = new List<string>();
        if (View == "week") { parts.Add("view=week"); }
        if (day is { } d) { parts.Add($"date={d:yyyy-MM-dd}"); }
        if (!string.IsNullOrEmpty(Channel)) { parts.Add($"channel={Uri.EscapeDataString(Channel)}"); }
        if (!string.IsNullOrEmpty(State)) { parts.Add($"state={Uri.EscapeDataString(State)}"); }
        return parts.Count == 0 ? "/calendar" : $"/calendar?{string.Join('&', parts)}";
    }

    private Task DropAsync(DateOnly day)
    {
        var item = _dragged;
        _dragged = null;
        return item is null || DateOnly.FromDateTime(item.Local) == day ? Task.CompletedTask : MoveAsync(item, day.ToDateTime(TimeOnly.FromDateTime(item.Local)), Zone.Id);
    }

    private Task NudgeAsync(CalendarItem item, int days) => MoveAsync(item, item.Local.AddDays(days), Zone.Id);

    private Task OpenMoveAsync(CalendarItem item) => _move!.ShowAsync(item, Zone.Id);

    // Shown at its new place at once; put back, with the reason, where the server refuses.
    private async Task MoveAsync(CalendarItem item, DateTime local, string zone)
    {
        if (!item.IsMovable || _range is not { Ok: true } before) { return; }
        _said = null;
        if (ScheduleClock.Resolve(local, zone) is { Ok: true } resolved) { Show(Moved(before.Value, item.Publication, resolved.Value.Due)); StateHasChanged(); }
        var result = await move.RunAsync(await callers.GetAsync(), new(item.Publication.Id, new(local, zone, null), item.Publication.Version), CancellationToken.None);
        if (!result.Ok)
        {
            (_range, _said) = (before, result.Problem);
            await LoadAsync();
            return;
        }
        var (now, previous) = (result.Value.Publication, result.Value.Previous);
        toasts.OfferUndo(T["Calendar.Moved", local.ToString("ddd d MMM, HH:mm", CultureInfo.CurrentCulture), result.Value.Explanation ?? ""].Value.TrimEnd(), () => InvokeAsync(() => UndoAsync(now, previous)));
        await LoadAsync();
    }

    private async Task UndoAsync(PublicationView moved, DueTime previous)
    {
        var back = await move.RunAsync(await callers.GetAsync(),
            new(moved.Id, new(DateTime.Parse(previous.LocalTime, CultureInfo.InvariantCulture), previous.TimeZone, null), moved.Version), CancellationToken.None);
        _said = back.Problem;
        await LoadAsync();
        StateHasChanged();
    }

    private static CalendarRange Moved(CalendarRange range, PublicationView moved, DueTime due) =>
        range with { Publications = [.. range.Publications.Select(p => p.Id == moved.Id ? p with { Due = due } : p)] };
}
