using System.Linq.Expressions;
using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>Numbers over all publications, for staff and for the watchdog.</summary>
public sealed class HealthStore(IDocumentStore store)
{
    private IDocuments<PublicationRecord> All => store.ForPlatform<PublicationRecord>(Caller.Platform);

    /// <summary>How many there are in each state.</summary>
    public async Task<IReadOnlyDictionary<PublicationState, long>> CountByStateAsync(CancellationToken cancellationToken) =>
        (await All.GroupAsync(new GroupQuery<PublicationRecord>().By(r => r.Publication.State), cancellationToken))
            .Where(g => Enum.TryParse<PublicationState>(g.Keys[0], out _)).ToDictionary(g => Enum.Parse<PublicationState>(g.Keys[0]!), g => g.Count);

    /// <summary>How many should have gone out before a moment and still wait for their first attempt, and the due time of the oldest.</summary>
    public async Task<(long Count, DateTimeOffset? Oldest)> OverdueAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        Expression<Func<PublicationRecord, bool>> overdue = r => r.Publication.State == PublicationState.Scheduled && r.Publication.Due!.At <= before && r.Publication.NextAttemptAt == null;
        var count = await All.CountAsync(overdue, cancellationToken);
        var oldest = count == 0 ? null : await All.FirstAsync(overdue, Sort<PublicationRecord>.By(r => r.Publication.Due!.At), cancellationToken);
        return (count, oldest?.Publication.Due?.At);
    }
}
