using System.Globalization;
using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Publishing.Ui;

/// <summary>One day of the calendar with what is due on it, soonest first.</summary>
/// <param name="Date">The day, in the reader's zone.</param>
/// <param name="InRange">False for the days of the neighbouring months that fill up the grid.</param>
/// <param name="IsToday">Whether it is today.</param>
/// <param name="Items">What is due.</param>
public sealed record CalendarDay(DateOnly Date, bool InRange, bool IsToday, IReadOnlyList<CalendarItem> Items);

/// <summary>A publication in the calendar.</summary>
/// <param name="Publication">The publication.</param>
/// <param name="Local">Its due time on the reader's wall clock.</param>
public sealed record CalendarItem(PublicationView Publication, DateTime Local)
{
    /// <summary>Whether a person may still move it.</summary>
    public bool IsMovable => Publication.State is PublicationState.Scheduled or PublicationState.AwaitingApproval;

    /// <summary>What is sent; empty where it is media only.</summary>
    public string Text => Publication.Out.Parts[0].Text;
}

/// <summary>Which days a view shows, in the reader's zone and week. Pure.</summary>
/// <param name="First">The first day of the grid.</param>
/// <param name="Days">How many days.</param>
/// <param name="Anchor">The day that the view is about.</param>
/// <param name="IsWeek">A week rather than a month.</param>
public sealed record CalendarView(DateOnly First, int Days, DateOnly Anchor, bool IsWeek)
{
    /// <summary>The view that shows a day.</summary>
    public static CalendarView Around(DateOnly day, bool week, DayOfWeek firstOfWeek)
    {
        var start = week ? day : new DateOnly(day.Year, day.Month, 1);
        var first = start.AddDays(-(((int)start.DayOfWeek - (int)firstOfWeek + 7) % 7));
        if (week) { return new(first, 7, day, true); }
        var last = start.AddMonths(1).AddDays(-1);
        var weeks = (last.DayNumber - first.DayNumber) / 7 + 1;
        return new(first, weeks * 7, day, false);
    }

    /// <summary>The day that the next (+1) or previous (-1) view is about.</summary>
    public DateOnly Step(int by) => IsWeek ? Anchor.AddDays(7 * by) : new DateOnly(Anchor.Year, Anchor.Month, 1).AddMonths(by);

    /// <summary>The heading.</summary>
    public string Title => IsWeek
        ? $"{First.ToString("d MMM", CultureInfo.CurrentCulture)} – {First.AddDays(6).ToString("d MMM yyyy", CultureInfo.CurrentCulture)}"
        : Anchor.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>The instants between which its days lie in a zone; a day lost to a switch of the clocks moves by the gap.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Range(TimeZoneInfo zone) => (StartOf(First, zone), StartOf(First.AddDays(Days), zone));

    /// <summary>The days with what is due on them.</summary>
    public IReadOnlyList<CalendarDay> Fill(IEnumerable<PublicationView> publications, TimeZoneInfo zone, DateOnly today)
    {
        var byDay = publications.Where(p => p.Due is not null)
            .Select(p => new CalendarItem(p, TimeZoneInfo.ConvertTime(p.Due!.At, zone).DateTime))
            .ToLookup(i => DateOnly.FromDateTime(i.Local));
        return [.. Enumerable.Range(0, Days).Select(First.AddDays).Select(d =>
            new CalendarDay(d, IsWeek || d.Month == Anchor.Month, d == today, [.. byDay[d].OrderBy(i => i.Local).ThenBy(i => i.Publication.Id)]))];
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local)) { local = local.AddMinutes(15); }
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }
}
