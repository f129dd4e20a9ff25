using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Store;

/// <summary>The outbox of mails.</summary>
public sealed class MailStore(IDocumentStore store)
{
    /// <summary>The collection. Mails are kept for 30 days.</summary>
    public static readonly Collection<OutgoingMail> Collection = new Collection<OutgoingMail>("outgoing_mails")
        .Index("newest", Sort<OutgoingMail>.By(m => m.CreatedAt))
        .Unique("group_key", Sort<OutgoingMail>.By(m => m.GroupKey))
        .Expire("old", m => m.CreatedAt, TimeSpan.FromDays(30));

    private readonly IDocuments<OutgoingMail> _mails = store.ForPlatform<OutgoingMail>(Caller.Platform);

    /// <summary>Adds a mail to a batch.</summary>
    public static void Stage(WriteBatch batch, OutgoingMail mail) => batch.Insert(Caller.Platform, mail);

    /// <summary>A mail, or null.</summary>
    public Task<OutgoingMail?> GetAsync(string id, CancellationToken cancellationToken) => _mails.GetAsync(id, cancellationToken);

    /// <summary>Whether a mail with the key is there.</summary>
    public async Task<bool> HasAsync(string groupKey, CancellationToken cancellationToken) => await _mails.FirstAsync(m => m.GroupKey == groupKey, cancellationToken: cancellationToken) is not null;

    /// <summary>Newest first.</summary>
    public Task<Page<OutgoingMail>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        _mails.FindAsync(new Query<OutgoingMail> { Sort = Sort<OutgoingMail>.ByDescending(m => m.CreatedAt), Cursor = cursor, Limit = limit }, cancellationToken);

    /// <summary>The server took it; what it said is forgotten.</summary>
    public Task SentAsync(string id, DateTimeOffset at) =>
        UpdateAsync(id, new Update<OutgoingMail>().Set(m => m.State, MailState.Sent).Set(m => m.SentAt, at).Set(m => m.Sealed, null).Set(m => m.Error, null).Increment(m => m.Attempts));

    /// <summary>It could not be sent; <paramref name="state"/> says whether it is tried again.</summary>
    public Task NotSentAsync(string id, MailState state, string error) =>
        UpdateAsync(id, new Update<OutgoingMail>().Set(m => m.State, state).Set(m => m.Error, error).Increment(m => m.Attempts));

    // No cancellation: what the server did must be known.
    private Task UpdateAsync(string id, Update<OutgoingMail> update) => _mails.UpdateOneAsync(m => m.Id == id && m.State != MailState.Sent, update);
}
