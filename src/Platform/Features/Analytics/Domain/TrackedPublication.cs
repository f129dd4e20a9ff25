using Platform.Features.Analytics.Contracts;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Domain;

/// <summary>A publication whose numbers are collected; its id is the publication's.</summary>
public sealed record TrackedPublication : Document, IOrganizationOwned
{
    /// <summary>Whose.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>When it went out.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Its parts on the network.</summary>
    public required IReadOnlyList<RemotePost> Remote { get; init; }

    /// <summary>The latest numbers over all parts.</summary>
    public Numbers Latest { get; init; } = Numbers.None;

    /// <summary>When they were read.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>How many comments there were when the replies were last read; null: never read, or the network does not count them.</summary>
    public long? RepliesRead { get; init; }

    /// <summary>When they are read next; null: no more.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Whether the network no longer has it.</summary>
    public bool Gone { get; init; }

    /// <summary>Why the last reading brought nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When to read next: every quarter of an hour for two days, hourly for thirty, then no more. Null: no more.</summary>
    public static DateTimeOffset? Next(DateTimeOffset publishedAt, DateTimeOffset now) => (now - publishedAt).TotalHours switch
    {
        < 48 => now.AddMinutes(15),
        < 30 * 24 => now.AddHours(1),
        _ => null,
    };
}

/// <summary>What a publication had by the end of a day and gained on it.</summary>
public sealed record MetricSnapshot : Document, IOrganizationOwned
{
    /// <summary>Whose.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The publication.</summary>
    public required string PublicationId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The day in UTC, at its first moment.</summary>
    public required DateTimeOffset Day { get; init; }

    /// <summary>What it had when last read on that day.</summary>
    public required Numbers Total { get; init; }

    /// <summary>What it gained since the last reading of an earlier day.</summary>
    public required Numbers Gained { get; init; }

    /// <summary>The snapshot of a publication on a day: one each, whoever makes it.</summary>
    public static string IdOf(string publicationId, DateTimeOffset day) => Keys.Of(publicationId, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>An account's numbers of a day.</summary>
public sealed record AccountSnapshot : Document, IOrganizationOwned
{
    /// <summary>Whose.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The day in UTC, at its first moment.</summary>
    public required DateTimeOffset Day { get; init; }

    /// <summary>Followers.</summary>
    public long? Followers { get; init; }

    /// <summary>Accounts followed.</summary>
    public long? Following { get; init; }

    /// <summary>Posts.</summary>
    public long? Posts { get; init; }
}

/// <summary>A reply that was read under a publication.</summary>
public sealed record StoredReply : Document, IOrganizationOwned
{
    /// <summary>Whose.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>The publication.</summary>
    public required string PublicationId { get; init; }

    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>As the network gave it.</summary>
    public required RemoteReply Reply { get; init; }
}
