using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Records;

/// <summary>A recurring job's clock and its last run.</summary>
public sealed record RecurringRecord : Document, IPlatformOwned
{
    /// <summary>The job class's stored name.</summary>
    public required string Name { get; init; }

    /// <summary>The expression that <see cref="NextAt"/> was computed from.</summary>
    public required string Cron { get; init; }

    /// <summary>Its zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The next occurrence; null where there is none any more.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The last occurrence that was enqueued.</summary>
    public DateTimeOffset? LastOccurrence { get; init; }

    /// <summary>The job of the last run that ended.</summary>
    public string? LastJobId { get; init; }

    /// <summary>How it ended.</summary>
    public JobState? LastState { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? LastEndedAt { get; init; }

    /// <summary>How long it took.</summary>
    public double? LastSeconds { get; init; }

    /// <summary>Why it failed, if it did.</summary>
    public string? LastError { get; init; }
}
