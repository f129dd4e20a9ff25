using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>The door to scheduling: hands on to the actions.</summary>
public sealed class Scheduling(SchedulePost schedule, CancelPost cancel, UnschedulePost unschedule) : IScheduling
{
    /// <inheritdoc />
    public Result<ResolvedTime> Resolve(DateTime localTime, string timeZone) =>
        ScheduleClock.Resolve(localTime, timeZone).Map(r => new ResolvedTime(r.Due.At, DateTime.Parse(r.Due.LocalTime, System.Globalization.CultureInfo.InvariantCulture), r.Explanation));

    /// <inheritdoc />
    public Task<Result<Done>> ScheduleAsync(Caller caller, string postId, WhenToPublish when, CancellationToken cancellationToken) => schedule.RunAsync(caller, new(postId, when), cancellationToken);

    /// <inheritdoc />
    public Task<Result<Done>> PublishNowAsync(Caller caller, string postId, CancellationToken cancellationToken) => schedule.RunAsync(caller, new(postId, null), cancellationToken);

    /// <inheritdoc />
    public Task<Result<Done>> CancelAsync(Caller caller, string postId, CancellationToken cancellationToken) => cancel.RunAsync(caller, new(postId), cancellationToken);

    /// <inheritdoc />
    public Task<Result<Done>> UnscheduleAsync(Caller caller, string postId, CancellationToken cancellationToken) => unschedule.RunAsync(caller, new(postId), cancellationToken);
}
