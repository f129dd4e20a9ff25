using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Contracts;

/// <summary>What a wall-clock time in a zone means.</summary>
/// <param name="At">The instant.</param>
/// <param name="LocalTime">The wall clock that it will really be (differs from the one asked for inside a gap).</param>
/// <param name="Explanation">Null where there is nothing to say; else one sentence: a gap moved it forward, an overlap took the first of two.</param>
public sealed record ResolvedTime(DateTimeOffset At, DateTime LocalTime, string? Explanation);

/// <summary>The door to scheduling for the composer, the calendar's other homes and agents: the same actions as the API's.</summary>
public interface IScheduling
{
    /// <summary>What a wall-clock time in an IANA zone means; Invalid <c>unknown_time_zone</c> where the zone is not one.</summary>
    Result<ResolvedTime> Resolve(DateTime localTime, string timeZone);

    /// <summary>Gives all unsent publications of a post a time.</summary>
    Task<Result<Done>> ScheduleAsync(Caller caller, string postId, WhenToPublish when, CancellationToken cancellationToken);

    /// <summary>Sends all unsent publications of a post now.</summary>
    Task<Result<Done>> PublishNowAsync(Caller caller, string postId, CancellationToken cancellationToken);

    /// <summary>Takes back what is not sent yet.</summary>
    Task<Result<Done>> CancelAsync(Caller caller, string postId, CancellationToken cancellationToken);

    /// <summary>Makes scheduled publications drafts again.</summary>
    Task<Result<Done>> UnscheduleAsync(Caller caller, string postId, CancellationToken cancellationToken);
}
