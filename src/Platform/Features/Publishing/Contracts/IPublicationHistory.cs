using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Contracts;

/// <summary>A publication whose story is over, told as it was.</summary>
public sealed record PastPublication
{
    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>The channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>What was sent.</summary>
    public required PublicationContent Content { get; init; }

    /// <summary>Where it ended: published, unconfirmed, missed, failed or cancelled.</summary>
    public required PublicationState State { get; init; }

    /// <summary>When it was to go out.</summary>
    public required DueTime Due { get; init; }

    /// <summary>When it was out.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>The posts on the network.</summary>
    public IReadOnlyList<RemotePost> Remote { get; init; } = [];

    /// <summary>Why it is not out.</summary>
    public PublicationError? Error { get; init; }

    /// <summary>Every outbound call.</summary>
    public IReadOnlyList<AttemptView> Attempts { get; init; } = [];

    /// <summary>Every change of state; the last must be <see cref="State"/>.</summary>
    public required IReadOnlyList<LedgerEntry> Ledger { get; init; }
}

/// <summary>Takes in publications that have their past already: the demo's, and imports from other tools. Nobody is told of them and the dispatcher never touches them.</summary>
public interface IPublicationHistory
{
    /// <summary>Adds one to the batch and returns its id; throws where its story does not end in its state, or is not over.</summary>
    string Stage(WriteBatch batch, Caller caller, PastPublication past);
}
