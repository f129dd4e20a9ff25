using System.Globalization;
using Microsoft.AspNetCore.Components;
using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Content.Ui;

/// <summary>Picks a wall-clock time in a zone, shows what instant that is, and explains gaps and overlaps of daylight saving.</summary>
public sealed partial class SchedulePanel(IScheduling scheduling, TimeProvider clock)
{
    private static readonly IReadOnlyList<string> AllZones =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(id => id.Contains('/', StringComparison.Ordinal) || id == "UTC").Order(StringComparer.Ordinal)];

    private string? _date;
    private string? _time;
    private string? _problem;
    private ResolvedTime? _resolved;
    private DateTime? _shown;

    /// <summary>The wall-clock time chosen; null for none.</summary>
    [Parameter, EditorRequired] public required DateTime? Local { get; set; }

    /// <summary>The IANA zone it is in.</summary>
    [Parameter, EditorRequired] public required string Zone { get; set; }

    /// <summary>Another time was chosen; null for none.</summary>
    [Parameter, EditorRequired] public required EventCallback<DateTime?> LocalChanged { get; set; }

    /// <summary>Another zone was chosen.</summary>
    [Parameter, EditorRequired] public required EventCallback<string> ZoneChanged { get; set; }

    private DateTime Now => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), ZoneInfo).DateTime;

    private TimeZoneInfo ZoneInfo => TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var found) ? found : TimeZoneInfo.Utc;

    private string Today => Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private IEnumerable<string> Zones => AllZones.Contains(Zone) ? AllZones : AllZones.Prepend(Zone);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (Local != _shown)
        {
            _shown = Local;
            _date = Local?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            _time = Local?.ToString("HH:mm", CultureInfo.InvariantCulture);
        }
        Explain();
    }

    private void Explain()
    {
        (_resolved, _problem) = (null, null);
        if (Local is not { } local)
        {
            if (_date is not null && _time is null) { _problem = T["When.TimeToo"]; }
            return;
        }
        var result = scheduling.Resolve(local, Zone);
        if (!result.Ok) { _problem = result.Problem.Message; return; }
        _resolved = result.Value;
        if (_resolved.At < clock.GetUtcNow()) { _problem = T["When.Passed"]; }
    }

    private Task SetAsync(string? date, string? time)
    {
        (_date, _time) = (string.IsNullOrEmpty(date) ? null : date, string.IsNullOrEmpty(time) ? null : time);
        var local = _date is not null && _time is not null && DateTime.TryParse($"{_date}T{_time}", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateTime?)null;
        _shown = local;
        return LocalChanged.InvokeAsync(local);
    }

    private Task TakeAsync(DateTime local) => LocalChanged.InvokeAsync(local);

    private Task SetZoneAsync(string zone) => ZoneChanged.InvokeAsync(zone);

    // The next round times of a working day; what the Scheduler agent proposes from data stands in its own panel.
    private IEnumerable<(string Text, DateTime Local)> Quick()
    {
        var now = Now;
        var hour = now.Date.AddHours(now.Hour + 1);
        yield return (T["When.InAnHour", hour.ToString("HH:mm", CultureInfo.InvariantCulture)], hour);
        yield return (T["When.Tomorrow"], now.Date.AddDays(1).AddHours(9));
        var monday = now.Date.AddDays(((int)DayOfWeek.Monday - (int)now.DayOfWeek + 7) % 7 is 0 ? 7 : ((int)DayOfWeek.Monday - (int)now.DayOfWeek + 7) % 7);
        if (monday != now.Date.AddDays(1)) { yield return (T["When.Monday"], monday.AddHours(9)); }
    }

    private string Exact(ResolvedTime time)
    {
        var offset = ZoneInfo.GetUtcOffset(time.At);
        var sign = offset < TimeSpan.Zero ? "−" : "+";
        return $"{time.LocalTime.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.CurrentCulture)} {Zone.Replace('_', ' ')} (UTC{sign}{offset:hh\\:mm}), {Distance(time.At - clock.GetUtcNow())}";
    }

    private string Distance(TimeSpan left) => left switch
    {
        { TotalMinutes: < 1 } => T["When.Minute"],
        { TotalMinutes: < 60 } => T["When.Minutes", (int)left.TotalMinutes],
        { TotalHours: < 24 } => T["When.Hours", (int)left.TotalHours, left.Minutes],
        _ => T["When.Days", (int)left.TotalDays],
    };
}
