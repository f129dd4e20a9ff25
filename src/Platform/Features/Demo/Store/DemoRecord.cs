using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Demo.Store;

/// <summary>Remembers that the demo was made, and how far, so that it is made once and a crash in between is made good.</summary>
public sealed record DemoRecord : Document, IPlatformOwned
{
    /// <summary>There is one.</summary>
    public const string TheId = "00000000000070008000000000de0000";

    /// <summary>Its organization.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>Its people, the owner first.</summary>
    public required IReadOnlyList<string> PeopleIds { get; init; }

    /// <summary>The owner's address.</summary>
    public required string OwnerEmail { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether its past is there.</summary>
    public bool HasPast { get; init; }

    /// <summary>The posts of its past.</summary>
    public IReadOnlyList<string> PastPostIds { get; init; } = [];

    /// <summary>How many steps of what lies ahead are done.</summary>
    public int StepsDone { get; init; }
}

/// <summary>The one record, and the batches of the demo.</summary>
public sealed class DemoStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<DemoRecord> Collection = new("demo");

    /// <summary>The record; null where there is no demo.</summary>
    public Task<DemoRecord?> GetAsync(CancellationToken cancellationToken) => store.ForPlatform<DemoRecord>(Caller.Platform).GetAsync(DemoRecord.TheId, cancellationToken);

    /// <summary>Adds the record to the batch.</summary>
    public static void StageNew(WriteBatch batch, DemoRecord record) => batch.Insert(Caller.Platform, record);

    /// <summary>Adds to the batch that the past is there; the batch fails where it was already.</summary>
    public static void StagePastDone(WriteBatch batch, IReadOnlyList<string> postIds) =>
        batch.Update<DemoRecord>(Caller.Platform, r => r.Id == DemoRecord.TheId && !r.HasPast, new Update<DemoRecord>().Set(r => r.HasPast, true).Set(r => r.PastPostIds, postIds));

    /// <summary>Notes that one more step is done.</summary>
    public Task NoteStepAsync(CancellationToken cancellationToken) =>
        store.ForPlatform<DemoRecord>(Caller.Platform).UpdateOneAsync(r => r.Id == DemoRecord.TheId, new Update<DemoRecord>().Increment(r => r.StepsDone), null, cancellationToken);

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);
}
