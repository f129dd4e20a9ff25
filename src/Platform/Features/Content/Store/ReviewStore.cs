using Platform.Features.Content.Domain;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>The approval of a post as it is stored; its id is the post's, so that all that happens to one is decided one after the other.</summary>
public sealed record ReviewRecord : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The approval.</summary>
    public required Review Review { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The round and stage for which a reminder went out.</summary>
    public string? Reminded { get; init; }
}

/// <summary>Every query for approvals.</summary>
public sealed class ReviewStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<ReviewRecord> Collection = new Collection<ReviewRecord>("reviews")
        .Index("by_state", Sort<ReviewRecord>.By(r => r.Review.State).ThenByDescending(r => r.ChangedAt))
        .Index("by_sender", Sort<ReviewRecord>.By(r => r.Review.SubmittedBy).ThenByDescending(r => r.ChangedAt))
        .Index("changed", Sort<ReviewRecord>.ByDescending(r => r.ChangedAt))
        .Index("due", Sort<ReviewRecord>.By(r => r.Review.State).ThenBy(r => r.Review.Due!.At), acrossOrganizations: true);

    /// <summary>Of a post; null where it was never submitted.</summary>
    public Task<ReviewRecord?> GetAsync(Caller caller, string postId, CancellationToken cancellationToken) => store.For<ReviewRecord>(caller).GetAsync(postId, cancellationToken);

    /// <summary>All that wait, newest change first; at most 1,000.</summary>
    public async Task<IReadOnlyList<ReviewRecord>> PendingAsync(Caller caller, CancellationToken cancellationToken) =>
        (await store.For<ReviewRecord>(caller).FindAsync(new() { Filter = r => r.Review.State == ReviewState.Pending, Sort = Sort<ReviewRecord>.ByDescending(r => r.ChangedAt), Limit = 1000 }, cancellationToken)).Items;

    /// <summary>What a person sent, newest change first.</summary>
    public Task<Page<ReviewRecord>> SentAsync(Caller caller, string userId, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.For<ReviewRecord>(caller).FindAsync(new() { Filter = r => r.Review.SubmittedBy == userId, Sort = Sort<ReviewRecord>.ByDescending(r => r.ChangedAt), Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>What is over, newest change first.</summary>
    public Task<Page<ReviewRecord>> DoneAsync(Caller caller, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.For<ReviewRecord>(caller).FindAsync(new() { Filter = r => r.Review.State != ReviewState.Pending, Sort = Sort<ReviewRecord>.ByDescending(r => r.ChangedAt), Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>What waits in any organization and is due within a span.</summary>
    public async Task<IReadOnlyList<ReviewRecord>> DueAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        (await store.ForPlatform<ReviewRecord>(Caller.Platform).FindAsync(new()
        {
            Filter = r => r.Review.State == ReviewState.Pending && r.Review.Due!.At > from && r.Review.Due.At <= to, Sort = Sort<ReviewRecord>.By(r => r.Review.Due!.At), Limit = limit,
        }, cancellationToken)).Items;

    /// <summary>Adds it to the batch, new or on the condition that nobody changed it since it was read.</summary>
    public static void Stage(WriteBatch batch, Caller caller, ReviewRecord record) { if (record.Version == 0) { batch.Insert(caller, record); } else { batch.Replace(caller, record); } }

    /// <summary>Commits a batch; false where something came between.</summary>
    public async Task<bool> TryCommitAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        // Two first submissions at once: one of them finds the other's record.
        try { return await store.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return false; }
    }
}
