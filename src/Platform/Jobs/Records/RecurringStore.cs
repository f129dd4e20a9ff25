using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Records;

/// <summary>The clocks of recurring jobs.</summary>
public sealed class RecurringStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<RecurringRecord> Collection = new Collection<RecurringRecord>("recurring_jobs").Unique("name", Sort<RecurringRecord>.By(r => r.Name));

    private const int LongestError = 1_000;

    private readonly IDocuments<RecurringRecord> _records = store.ForPlatform<RecurringRecord>(Caller.Platform);

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<RecurringRecord>> AllAsync(CancellationToken cancellationToken) =>
        (await _records.FindAsync(new Query<RecurringRecord> { Sort = Sort<RecurringRecord>.By(r => r.Name), Limit = 1_000 }, cancellationToken)).Items;

    /// <summary>Declares a clock, or moves it to a changed expression; another copy may do so at the same moment.</summary>
    public async Task EnsureAsync(RecurringRecord wanted, CancellationToken cancellationToken)
    {
        var found = await _records.FirstAsync(r => r.Name == wanted.Name, cancellationToken: cancellationToken);
        if (found is null)
        {
            try { await _records.InsertAsync(wanted, cancellationToken); }
            catch (DuplicateKeyException) { /* another copy was first, with the same */ }
        }
        else if (found.Cron != wanted.Cron || found.Zone != wanted.Zone)
        {
            var update = new Update<RecurringRecord>().Set(r => r.Cron, wanted.Cron).Set(r => r.Zone, wanted.Zone).Set(r => r.NextAt, wanted.NextAt);
            await _records.UpdateOneAsync(r => r.Id == found.Id && r.Cron == found.Cron && r.Zone == found.Zone, update, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Moves a clock on from an occurrence, unless another copy has.</summary>
    public Task MoveOnAsync(RecurringRecord record, DateTimeOffset? next, CancellationToken cancellationToken)
    {
        var update = new Update<RecurringRecord>().Set(r => r.NextAt, next).Set(r => r.LastOccurrence, record.NextAt);
        return _records.UpdateOneAsync(r => r.Id == record.Id && r.NextAt == record.NextAt, update, cancellationToken: cancellationToken);
    }

    /// <summary>Stores how a run ended.</summary>
    public Task EndedAsync(string name, StoredJob job, TimeSpan took, DateTimeOffset now)
    {
        var error = job.Error is { Length: > LongestError } text ? text[..LongestError] + " …" : job.Error;
        var update = new Update<RecurringRecord>().Set(r => r.LastJobId, job.Id).Set(r => r.LastState, job.State).Set(r => r.LastEndedAt, now)
            .Set(r => r.LastSeconds, took.TotalSeconds).Set(r => r.LastError, error);
        return _records.UpdateOneAsync(r => r.Name == name, update);
    }
}
