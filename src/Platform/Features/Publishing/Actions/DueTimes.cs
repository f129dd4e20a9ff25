using Platform.Features.Publishing.Contracts;
using Platform.Primitives;

namespace Platform.Features.Publishing.Actions;

/// <summary>The due time that a request means, refused where it has passed.</summary>
internal static class DueTimes
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Null means now; up to a minute ago counts as now; before that is <c>in_the_past</c>.</summary>
    public static Result<DueTime> Of(WhenToPublish? when, DateTimeOffset now)
    {
        if (when is null) { return ScheduleClock.Resolve(now, null).Map(r => r.Due); }
        var resolved = ScheduleClock.Resolve(when);
        if (!resolved.Ok) { return resolved.Problem; }
        var due = resolved.Value.Due;
        if (due.At >= now) { return due; }
        return now - due.At <= Slack
            ? ScheduleClock.Resolve(now, due.TimeZone).Map(r => r.Due)
            : Problem.InvalidField("scheduledAt", "in_the_past", $"{due.LocalTime.Replace('T', ' ')} ({due.TimeZone}) has passed. Choose a later time, or publish now.");
    }

    /// <summary>Now, shown in the zone of the time before.</summary>
    public static DueTime Now(DueTime? before, DateTimeOffset now) => ScheduleClock.Resolve(now, before?.TimeZone).Map(r => r.Due).Unwrap();
}
