using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>The stored publications as people and other features ask for them.</summary>
public sealed class PublicationStore(IDocumentStore store)
{
    private const int MostTries = 20;

    /// <summary>The collection. <c>wake</c> (only what is cleared), <c>outbox</c> and <c>edit</c> hold only what waits, so they stay small however long the history grows.</summary>
    public static readonly Collection<PublicationRecord> Collection = new Collection<PublicationRecord>("publications")
        .Index("wake", Sort<PublicationRecord>.By(r => r.Publication.WakeAt), r => r.Publication.WakeAt != null && r.Publication.Cleared, acrossOrganizations: true)
        .Index("outbox", Sort<PublicationRecord>.By(r => r.Publication.OutboxAt), r => r.Publication.OutboxAt != null, acrossOrganizations: true)
        .Index("edit", Sort<PublicationRecord>.By(r => r.Publication.EditAt), r => r.Publication.EditAt != null, acrossOrganizations: true)
        .Index("state", Sort<PublicationRecord>.By(r => r.Publication.State).ThenBy(r => r.Publication.Due!.At), acrossOrganizations: true)
        .Index("post", Sort<PublicationRecord>.By(r => r.Publication.PostId))
        .Index("channel", Sort<PublicationRecord>.By(r => r.Publication.ChannelId).ThenBy(r => r.Publication.State))
        .Index("due", Sort<PublicationRecord>.By(r => r.Publication.Due!.At));

    /// <summary>One publication.</summary>
    public Task<PublicationRecord?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<PublicationRecord>(caller).GetAsync(id, cancellationToken);

    /// <summary>All publications of the posts.</summary>
    public Task<IReadOnlyList<PublicationRecord>> OfPostsAsync(Caller caller, IReadOnlyCollection<string> postIds, CancellationToken cancellationToken)
    {
        var ids = postIds.ToList();
        return AllAsync(caller, new() { Filter = r => ids.Contains(r.Publication.PostId), Limit = 1000 }, cancellationToken);
    }

    /// <summary>How many of a channel are in one of the states.</summary>
    public Task<long> CountAsync(Caller caller, string channelId, IReadOnlyList<PublicationState> states, CancellationToken cancellationToken)
    {
        var wanted = states.ToList();
        return store.For<PublicationRecord>(caller).CountAsync(r => r.Publication.ChannelId == channelId && wanted.Contains(r.Publication.State), cancellationToken);
    }

    /// <summary>The publications of a channel in one of the states.</summary>
    public Task<IReadOnlyList<PublicationRecord>> OfChannelAsync(Caller caller, string channelId, IReadOnlyList<PublicationState> states, CancellationToken cancellationToken)
    {
        var wanted = states.ToList();
        return AllAsync(caller, new() { Filter = r => r.Publication.ChannelId == channelId && wanted.Contains(r.Publication.State), Limit = 1000 }, cancellationToken);
    }

    /// <summary>
    /// Reads, lets the change decide on what is stored now, and writes; again where another writer came between. So the decision is always made on
    /// the state that it replaces. A change that returns the same value writes nothing.
    /// </summary>
    public async Task<Result<PublicationRecord>> ChangeAsync(Caller caller, string id, Func<Publication, Result<Publication>> change, CancellationToken cancellationToken)
    {
        var documents = store.For<PublicationRecord>(caller);
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            if (await documents.GetAsync(id, cancellationToken) is not { } record) { return Problem.NotFound("publication"); }
            var next = change(record.Publication);
            if (!next.Ok) { return next.Problem; }
            if (ReferenceEquals(next.Value, record.Publication)) { return record; }
            if (await documents.TryReplaceAsync(record with { Publication = next.Value }, cancellationToken) is { } written) { return written; }
        }
        return Problem.Conflict("busy", "It is being changed by others at the same moment. Try again.");
    }

    /// <summary>Adds a new publication to the batch.</summary>
    public static void StageNew(WriteBatch batch, Caller caller, Publication publication) =>
        batch.Insert(caller, new PublicationRecord { OrganizationId = caller.OrganizationId, Publication = publication });

    /// <summary>Adds a change to the batch, on the condition that nothing happened to the publication since it was read (a claim without an intent does not count).</summary>
    public static void StageChange(WriteBatch batch, Caller caller, PublicationRecord record, Publication next)
    {
        var (id, revision) = (record.Id, record.Publication.Revision);
        batch.Update(caller, r => r.Id == id && r.Publication.Revision == revision, new Update<PublicationRecord>().Set(r => r.Publication, next));
    }

    /// <summary>Adds the removal to the batch, on the same condition.</summary>
    public static void StageDelete(WriteBatch batch, Caller caller, PublicationRecord record)
    {
        StageChange(batch, caller, record, record.Publication with { WakeAt = null, Revision = record.Publication.Revision + 1 });
        batch.Delete<PublicationRecord>(caller, record.Id);
    }

    /// <summary>Writes the batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    private async Task<IReadOnlyList<PublicationRecord>> AllAsync(Caller caller, Query<PublicationRecord> query, CancellationToken cancellationToken)
    {
        var found = new List<PublicationRecord>();
        await foreach (var record in store.For<PublicationRecord>(caller).StreamAsync(query, cancellationToken)) { found.Add(record); }
        return found;
    }
}
