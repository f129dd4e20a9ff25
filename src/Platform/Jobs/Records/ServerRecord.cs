using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Records;

/// <summary>A copy of the app that runs jobs.</summary>
public sealed record ServerRecord : Document, IPlatformOwned
{
    /// <summary>The host's name.</summary>
    public required string Machine { get; init; }

    /// <summary>Its process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Made anew with each process: in a container every process has the number 1.</summary>
    public required string ProcessMark { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last showed that it lives.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>Its queues with their slots, such as <c>mail × 4</c>.</summary>
    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>How many jobs it ran at <see cref="SeenAt"/>.</summary>
    public int Running { get; init; }

    /// <summary>It takes no new jobs: it is stopping.</summary>
    public bool Draining { get; init; }
}
