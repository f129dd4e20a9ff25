using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Platform.Primitives;

namespace Platform.Features.Publishing.Contracts;

/// <summary>A wall-clock time as it falls in its zone.</summary>
/// <param name="Due">The instant, with the wall clock and the zone (the wall clock is the one it will really be).</param>
/// <param name="Explanation">What a switch of the clocks did to it, in words; null where nothing.</param>
public sealed record ScheduledTime(DueTime Due, string? Explanation);

/// <summary>
/// From a wall clock and a zone to the one instant that is meant. Where the clocks go forward and the time does not exist, it moves forward by the
/// length of the gap (02:30 becomes 03:30); where they go back and it comes twice, the first one counts. Pure; the composer asks the same code.
/// </summary>
public static class ScheduleClock
{
    private static readonly LocalDateTimePattern Wall = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");

    /// <summary>The IANA zones that are known, sorted.</summary>
    public static IReadOnlyList<string> Zones { get; } = [.. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>The instant of a wall-clock time in a zone; <c>unknown_time_zone</c> where there is no such zone.</summary>
    public static Result<ScheduledTime> Resolve(DateTime local, string timeZone)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not { } zone)
        {
            return Problem.InvalidField("timeZone", "unknown_time_zone", $"There is no time zone \"{timeZone}\". Give an IANA name such as Europe/Berlin.");
        }
        var wall = LocalDateTime.FromDateTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        var mapping = zone.MapLocal(wall);
        return mapping.Count switch
        {
            0 => InGap(mapping, wall, zone),
            1 => new ScheduledTime(Due(mapping.Single()), null),
            _ => new ScheduledTime(Due(mapping.First()), $"The clocks go back that night, so {Clock(wall)} comes twice. The first one ({Offset(mapping.First())}) counts."),
        };
    }

    /// <summary>An instant as the wall clock of a zone shows it (UTC where the zone is null); <c>unknown_time_zone</c> where there is no such zone.</summary>
    public static Result<ScheduledTime> Resolve(DateTimeOffset instant, string? timeZone)
    {
        var name = timeZone ?? "Etc/UTC";
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone
            ? new ScheduledTime(Due(Instant.FromDateTimeOffset(instant).InZone(zone)), null)
            : Problem.InvalidField("timeZone", "unknown_time_zone", $"There is no time zone \"{name}\". Give an IANA name such as Europe/Berlin.");
    }

    /// <summary>What a request for a time means: a wall clock with its zone, or an instant; exactly one of them.</summary>
    public static Result<ScheduledTime> Resolve(WhenToPublish when) => when switch
    {
        { Instant: { } instant, LocalTime: null } => Resolve(instant, when.TimeZone),
        { LocalTime: { } local, TimeZone: { Length: > 0 } zone, Instant: null } => Resolve(local, zone),
        { LocalTime: not null, Instant: null } => Problem.InvalidField("timeZone", "time_zone_missing", "A local time needs its time zone, such as Europe/Berlin."),
        _ => Problem.InvalidField("scheduledAt", "time_missing", "Give the time to publish at."),
    };

    private static Result<ScheduledTime> InGap(ZoneLocalMapping mapping, LocalDateTime wall, DateTimeZone zone)
    {
        var moved = Resolvers.ReturnForwardShifted(wall, zone, mapping.EarlyInterval, mapping.LateInterval);
        return new ScheduledTime(Due(moved), $"The clocks go forward and {Clock(wall)} does not exist that day. It goes out at {Clock(moved.LocalDateTime)} instead.");
    }

    private static DueTime Due(ZonedDateTime time) => new(time.ToInstant().ToDateTimeOffset(), Wall.Format(time.LocalDateTime), time.Zone.Id);

    private static string Clock(LocalDateTime wall) => wall.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Offset(ZonedDateTime time) => $"UTC{time.Offset.ToString("+HH:mm", CultureInfo.InvariantCulture)}";
}
