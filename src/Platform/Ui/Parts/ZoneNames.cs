using System.Globalization;

namespace Platform.Ui.Parts;

/// <summary>Short names of zones: "UTC", or the offset at that moment ("UTC+1"), which is never ambiguous.</summary>
public static class ZoneNames
{
    /// <summary>The zone's offset at a moment.</summary>
    public static string Short(TimeZoneInfo zone, DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        if (offset == TimeSpan.Zero) { return "UTC"; }
        var minutes = offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes).ToString("00", CultureInfo.InvariantCulture)}";
        return $"UTC{(offset < TimeSpan.Zero ? "−" : "+")}{Math.Abs(offset.Hours).ToString(CultureInfo.InvariantCulture)}{minutes}";
    }
}
