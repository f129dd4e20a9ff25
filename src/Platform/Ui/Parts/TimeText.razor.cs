using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Platform.Ui.Parts;

/// <summary>How a moment is written.</summary>
public enum TimeStyle
{
    /// <summary>How far away, within a week; the date and time beyond.</summary>
    Relative,

    /// <summary>Date, time and zone.</summary>
    Exact,

    /// <summary>The date.</summary>
    Date,

    /// <summary>The time of day and the zone.</summary>
    Time,
}

/// <summary>A moment, in the reader's culture and the organization's zone; the exact one with its zone is always in the tooltip.</summary>
public sealed partial class TimeText(TimeProvider clock, IStringLocalizer<Texts> T)
{
    /// <summary>The moment; null says <see cref="None"/>.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset? At { get; set; }

    /// <summary>How it is written.</summary>
    [Parameter]
    public TimeStyle Style { get; set; }

    /// <summary>Another zone than the organization's (IANA): the one in which a time was chosen.</summary>
    [Parameter]
    public string? Zone { get; set; }

    /// <summary>The words where there is no moment.</summary>
    [Parameter]
    public string? None { get; set; }

    [CascadingParameter]
    private ReaderSettings? Reader { get; set; }

    private TimeZoneInfo In => Zone is null ? (Reader ?? ReaderSettings.Default).Zone : ReaderSettings.For(Zone).Zone;

    private CultureInfo Culture => Reader?.Culture ?? CultureInfo.CurrentCulture;

    private string? Relative(DateTimeOffset at) => Style is TimeStyle.Relative ? RelativeTime.Say(at, clock.GetUtcNow(), T["Now"]) : null;

    private string? IsRelative(DateTimeOffset at) => Relative(at) is null ? null : "";

    private string Words(DateTimeOffset at) => Relative(at) ?? Style switch
    {
        TimeStyle.Date => Local(at).ToString("d MMM yyyy", Culture),
        TimeStyle.Time => $"{Local(at).ToString("t", Culture)} {ZoneNames.Short(In, at)}",
        _ => $"{Local(at).ToString("d MMM yyyy", Culture)}, {Local(at).ToString("t", Culture)} {ZoneNames.Short(In, at)}",
    };

    private string Exact(DateTimeOffset at) =>
        $"{Local(at).ToString("dddd, d MMMM yyyy", Culture)}, {Local(at).ToString("T", Culture)} {ZoneNames.Short(In, at)} ({In.Id})";

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, In);
}
