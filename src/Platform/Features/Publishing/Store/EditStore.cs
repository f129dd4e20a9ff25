using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>Changes of published texts whose outcome is open, over all organizations.</summary>
public sealed class EditStore(IDocumentStore store)
{
    /// <summary>Those that must be looked up by a moment, longest waiting first.</summary>
    public async Task<IReadOnlyList<PublicationRecord>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = now;
        return (await store.ForPlatform<PublicationRecord>(Caller.Platform).FindAsync(new()
        {
            Filter = r => r.Publication.EditAt != null && r.Publication.EditAt <= until,
            Sort = Sort<PublicationRecord>.By(r => r.Publication.EditAt),
            Limit = limit,
        }, cancellationToken)).Items;
    }
}
