using Platform.Features.Publishing.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>The outboxes of publications.</summary>
public sealed class OutboxStore(IDocumentStore store)
{
    private IDocuments<PublicationRecord> All => store.ForPlatform<PublicationRecord>(Caller.Platform);

    /// <summary>Takes records whose outbox is due, for as long as a delivery may take; another copy gets others.</summary>
    public Task<IReadOnlyList<PublicationRecord>> TakeAsync(DateTimeOffset now, int limit, DateTimeOffset until, CancellationToken cancellationToken)
    {
        DateTimeOffset? due = now, next = until;
        return All.ClaimAsync(r => r.Publication.OutboxAt != null && r.Publication.OutboxAt <= due, Sort<PublicationRecord>.By(r => r.Publication.OutboxAt), limit,
            new Update<PublicationRecord>().Set(r => r.Publication.OutboxAt, next), cancellationToken);
    }

    /// <summary>Empties the outboxes of records that have had no further event since they were taken. One write for each number of events.</summary>
    public async Task ClearAsync(IEnumerable<PublicationRecord> delivered, CancellationToken cancellationToken)
    {
        foreach (var group in delivered.GroupBy(r => r.Publication.Events))
        {
            var (ids, events) = (group.Select(r => r.Id).ToList(), group.Key);
            await All.UpdateManyAsync(r => ids.Contains(r.Id) && r.Publication.Events == events,
                new Update<PublicationRecord>().Set(r => r.Publication.Outbox, []).Set(r => r.Publication.OutboxAt, null), cancellationToken);
        }
    }

    /// <summary>Keeps what could not be delivered, for later.</summary>
    public Task KeepAsync(PublicationRecord record, IReadOnlyList<OutboxEvent> left, DateTimeOffset again, CancellationToken cancellationToken)
    {
        var (id, events) = (record.Id, record.Publication.Events);
        DateTimeOffset? at = again;
        return All.UpdateManyAsync(r => r.Id == id && r.Publication.Events == events,
            new Update<PublicationRecord>().Set(r => r.Publication.Outbox, left).Set(r => r.Publication.OutboxAt, at), cancellationToken);
    }

    /// <summary>When the next outbox is due; null where all are empty.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken) =>
        (await All.FirstAsync(r => r.Publication.OutboxAt != null, Sort<PublicationRecord>.By(r => r.Publication.OutboxAt), cancellationToken))?.Publication.OutboxAt;
}
