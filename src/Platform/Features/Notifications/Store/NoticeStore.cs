using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Store;

/// <summary>Notices. Each read is one person's: theirs and everyone's, without what they have put away.</summary>
public sealed class NoticeStore(IDocumentStore store)
{
    /// <summary>The collection. Notices are kept for 90 days.</summary>
    public static readonly Collection<StoredNotice> Collection = new Collection<StoredNotice>("notices")
        .Index("newest", Sort<StoredNotice>.By(n => n.OrganizationId).ThenByDescending(n => n.CreatedAt))
        .Unique("unique_key", Sort<StoredNotice>.By(n => n.OrganizationId).ThenBy(n => n.UniqueKey))
        .Expire("old", n => n.CreatedAt, TimeSpan.FromDays(90));

    /// <summary>Writes a batch; false where an expectation did not hold.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    /// <summary>Whether a notice with the key is there.</summary>
    public async Task<bool> HasAsync(Caller caller, string uniqueKey, CancellationToken cancellationToken) =>
        await Of(caller).FirstAsync(n => n.UniqueKey == uniqueKey, cancellationToken: cancellationToken) is not null;

    /// <summary>A page, newest first.</summary>
    public Task<Page<StoredNotice>> ListAsync(Caller caller, string user, bool onlyUnread, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var shared = SharedWith(caller, user);
        var query = new Query<StoredNotice> { Sort = Sort<StoredNotice>.ByDescending(n => n.CreatedAt), Cursor = cursor, Limit = limit };
        return Of(caller).FindAsync(onlyUnread
            ? query with { Filter = n => (n.UserId == shared || n.UserId == user) && !n.HiddenBy.Contains(user) && !n.ReadBy.Contains(user) }
            : query with { Filter = n => (n.UserId == shared || n.UserId == user) && !n.HiddenBy.Contains(user) }, cancellationToken);
    }

    /// <summary>How many the person has not read.</summary>
    public Task<long> CountUnreadAsync(Caller caller, string user, CancellationToken cancellationToken)
    {
        var shared = SharedWith(caller, user);
        return Of(caller).CountAsync(n => (n.UserId == shared || n.UserId == user) && !n.HiddenBy.Contains(user) && !n.ReadBy.Contains(user), cancellationToken);
    }

    /// <summary>One that the person may see; null where there is none.</summary>
    public Task<StoredNotice?> GetAsync(Caller caller, string user, string id, CancellationToken cancellationToken)
    {
        var shared = SharedWith(caller, user);
        return Of(caller).FirstAsync(n => n.Id == id && (n.UserId == shared || n.UserId == user) && !n.HiddenBy.Contains(user), cancellationToken: cancellationToken);
    }

    /// <summary>The person has read it; nothing where they had.</summary>
    public Task ReadAsync(Caller caller, string user, string id, CancellationToken cancellationToken) =>
        Of(caller).UpdateOneAsync(n => n.Id == id && !n.ReadBy.Contains(user), new Update<StoredNotice>().Push(n => n.ReadBy, user), cancellationToken: cancellationToken);

    /// <summary>The person has read everything.</summary>
    public Task<long> ReadAllAsync(Caller caller, string user, CancellationToken cancellationToken)
    {
        var shared = SharedWith(caller, user);
        return Of(caller).UpdateManyAsync(n => (n.UserId == shared || n.UserId == user) && !n.ReadBy.Contains(user), new Update<StoredNotice>().Push(n => n.ReadBy, user), cancellationToken);
    }

    /// <summary>The person puts it away; others keep it.</summary>
    public Task HideAsync(Caller caller, string user, string id, CancellationToken cancellationToken) =>
        Of(caller).UpdateOneAsync(n => n.Id == id && !n.HiddenBy.Contains(user), new Update<StoredNotice>().Push(n => n.HiddenBy, user), cancellationToken: cancellationToken);

    // What concerns everyone (a null user) is for those who may see the organization's content; a client gets only what is theirs.
    private static string? SharedWith(Caller caller, string user) => caller.May(Permission.ContentRead) ? null : user;

    private IDocuments<StoredNotice> Of(Caller caller) => store.For<StoredNotice>(caller);
}
