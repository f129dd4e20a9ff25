using Platform.Jobs.Records;
using Platform.Jobs.Recurring;

namespace Platform.Jobs.Workers;

/// <summary>Makes jobs ready when their time comes and brings back those of servers that are gone. Says when to look again; there is no polling.</summary>
public sealed class JobClock(JobStore store, RecurringClock recurring, JobOutcomes outcomes, JobSignals signals, WorkerContext context)
{
    private const int Batch = 500;

    /// <summary>Does what is due; returns the next moment at which something will be.</summary>
    internal async Task<DateTimeOffset?> TickAsync(CancellationToken cancellationToken)
    {
        var next = await recurring.TickAsync(cancellationToken);
        int promoted, total = 0;
        do { total += promoted = await store.PromoteAsync(context.Time.GetUtcNow(), Batch, cancellationToken); } while (promoted >= Batch);
        if (total > 0) { signals.WakeAll(); }
        await RecoverAsync(await KeepOursAsync(await store.OrphansAsync(context.Time.GetUtcNow(), cancellationToken), cancellationToken));
        return new[] { next, await store.NextMomentAsync(cancellationToken) }.Min();
    }

    /// <summary>Brings back jobs whose server is known to be gone.</summary>
    internal async Task RecoverAsync(IEnumerable<StoredJob> orphans)
    {
        foreach (var orphan in orphans) { await outcomes.RecoverAsync(orphan); }
    }

    // After the machine slept, our own leases have ended too: what really runs here is kept, unless another server was first.
    private async Task<IEnumerable<StoredJob>> KeepOursAsync(IReadOnlyList<StoredJob> orphans, CancellationToken cancellationToken)
    {
        var ours = orphans.Where(o => o.Server == context.ServerId && context.Running.Has(o.Id)).Select(o => o.Id).ToHashSet();
        if (ours.Count > 0) { await store.RenewAsync(context.ServerId, ours, context.Time.GetUtcNow() + context.Lease, cancellationToken); }
        return orphans.Where(o => !ours.Contains(o.Id));
    }
}
