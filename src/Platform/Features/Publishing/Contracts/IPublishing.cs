using System.Globalization;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Contracts;

/// <summary>What a post wants on one channel.</summary>
public sealed record PlannedPublication(string ChannelId, string Network, PublicationContent Content);

/// <summary>What a post wants on all its channels.</summary>
/// <param name="PostId">The post.</param>
/// <param name="Publications">One for each channel.</param>
/// <param name="Approval">What an edit does to what has a time: null: it stays cleared as it will be; else it waits for approval (again).</param>
public sealed record PublicationPlan(string PostId, IReadOnlyList<PlannedPublication> Publications, ApprovalNeed? Approval)
{
    /// <summary>The post is being made, so there is nothing of it to look for.</summary>
    public bool IsNew { get; init; }
}

/// <summary>That what is edited must be approved.</summary>
/// <param name="Expires">Whether the wait ends, unapproved, at its time.</param>
public sealed record ApprovalNeed(bool Expires);

/// <summary>When: a wall-clock time with a zone, or an instant. Exactly one is given.</summary>
/// <param name="LocalTime">Wall clock, without offset.</param>
/// <param name="TimeZone">IANA zone of <paramref name="LocalTime"/> (for an instant: the zone to show it in, or null for UTC).</param>
/// <param name="Instant">The instant.</param>
public sealed record WhenToPublish(DateTime? LocalTime, string? TimeZone, DateTimeOffset? Instant)
{
    private static readonly string[] WallFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>A time as the API takes it: <c>2026-11-22T09:00:00</c> with a zone, or <c>2026-11-22T08:00:00Z</c>. Invalid <c>invalid_time</c> where it is none.</summary>
    public static Result<WhenToPublish> Parse(string scheduledAt, string? timeZone)
    {
        if (DateTime.TryParseExact(scheduledAt, WallFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)) { return new WhenToPublish(wall, timeZone, null); }
        return DateTimeOffset.TryParse(scheduledAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? new WhenToPublish(null, timeZone, instant)
            : Problem.InvalidField("scheduledAt", "invalid_time", "Give the time as 2026-11-22T09:00:00 with a timeZone, or as 2026-11-22T08:00:00Z.");
    }
}

/// <summary>The door to publications for the Content feature, pages and agents.</summary>
public interface IPublishing
{
    /// <summary>
    /// Adds to the batch what makes the post's publications agree with the plan: new ones as drafts (or with the time of the post's others),
    /// the content of those that may still change, removal of those no longer wanted. Conflict <c>already_sending</c> where one that
    /// changes is publishing, published or unconfirmed. Each step carries its condition, so that a race with the dispatcher fails the commit.
    /// </summary>
    Task<Result<Done>> StageAsync(Caller caller, PublicationPlan plan, WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>Adds to the batch the end of a post: unsent publications are deleted, sent ones kept as history. Conflict <c>already_sending</c> while one is publishing.</summary>
    Task<Result<Done>> StageDeleteAsync(Caller caller, string postId, WriteBatch batch, CancellationToken cancellationToken);

    /// <summary>The publications of posts, by post id; posts without any are left out. At most 200 posts.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<PublicationView>>> OfPostsAsync(Caller caller, IReadOnlyCollection<string> postIds, CancellationToken cancellationToken);

    /// <summary>Publications with a due time in a range, soonest first, at most 1,000.</summary>
    Task<IReadOnlyList<PublicationView>> DueBetweenAsync(Caller caller, DueRange range, CancellationToken cancellationToken);

    /// <summary>The publications of one channel that are waiting, so that a page can say what pausing or removing it means.</summary>
    Task<long> CountWaitingAsync(Caller caller, string channelId, CancellationToken cancellationToken);

    /// <summary>Releases the publications that were held for a channel (it works again): future ones are scheduled again, those past the grace period are missed.</summary>
    Task ReleaseChannelAsync(Caller caller, string channelId, CancellationToken cancellationToken);

    /// <summary>Holds the waiting publications of a channel.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="channelId">The channel.</param>
    /// <param name="error">Why, in words.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task HoldChannelAsync(Caller caller, string channelId, PublicationError error, CancellationToken cancellationToken);

    /// <summary>Cancels the waiting publications of a channel that is removed.</summary>
    Task CancelChannelAsync(Caller caller, string channelId, CancellationToken cancellationToken);
}

/// <summary>A range of due times.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="States">Only these; null or empty: all.</param>
/// <param name="ChannelIds">Only these channels; null or empty: all.</param>
public sealed record DueRange(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<PublicationState>? States = null, IReadOnlyList<string>? ChannelIds = null);

/// <summary>A publication changed its state. Delivered at least once, in order for one publication, from the outbox.</summary>
public sealed record PublicationChanged(string EventId, string OrganizationId, string PublicationId, string PostId, string ChannelId, string Network, PublicationState From, PublicationState To, DateTimeOffset At, PublicationError? Error);

/// <summary>A feature that follows publications. A throw means that the event is delivered again later; it never touches the publication.</summary>
public interface IPublicationObserver
{
    /// <summary>Does what follows. Must be safe to run twice for one <see cref="PublicationChanged.EventId"/>.</summary>
    Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken);
}
