using Platform.Jobs.Records;
using Platform.Storage;

namespace Platform.Jobs.Recurring;

/// <summary>Turns due occurrences of recurring jobs into jobs, each exactly once over all copies.</summary>
public sealed class RecurringClock(JobCatalog catalog, RecurringStore store, JobStore jobs, JobSignals signals, TimeProvider time)
{
    internal const string NoPayload = "{}";
    internal const string Key = "recurring";

    /// <summary>Declares this build's recurring jobs.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        foreach (var definition in catalog.All)
        {
            if (definition.Schedule is not { } schedule) { continue; }
            await store.EnsureAsync(new RecurringRecord { Name = definition.Settings.Name, Cron = schedule.Cron, Zone = schedule.Zone, NextAt = schedule.NextAfter(time.GetUtcNow()) }, cancellationToken);
        }
    }

    /// <summary>Enqueues what is due and returns the next moment. Occurrences missed while nothing ran are made up for by one run, not by a burst.</summary>
    public async Task<DateTimeOffset?> TickAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? next = null;
        foreach (var record in await store.AllAsync(cancellationToken))
        {
            if (catalog.Find(record.Name) is not { Schedule: { } schedule } definition) { continue; }
            var at = record.NextAt;
            if (at <= time.GetUtcNow()) { at = await RunAsync(record, definition, schedule, cancellationToken); }
            next = new[] { next, at }.Min();
        }
        return next;
    }

    private async Task<DateTimeOffset?> RunAsync(RecurringRecord record, JobDefinition definition, CronSchedule schedule, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // The key keeps runs of one job from overlapping: where the last is not done, this occurrence is left out.
        var job = JobQueue.Make(definition, NoPayload, now, now, Key) with { Recurring = record.Name, Occurrence = $"{record.Name}@{record.NextAt:yyyy-MM-ddTHH:mm:ssZ}" };
        try
        {
            await jobs.InsertAsync(job, cancellationToken);
            signals.Changed(job);
        }
        catch (DuplicateKeyException) { /* another copy has enqueued it, or its last run is not done */ }
        var next = schedule.NextAfter(now);
        await store.MoveOnAsync(record, next, cancellationToken);
        return next;
    }
}
