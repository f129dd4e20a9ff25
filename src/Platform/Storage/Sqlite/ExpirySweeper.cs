namespace Platform.Storage.Sqlite;

/// <summary>Deletes what has expired (<see cref="Collection{T}.Expire(string, System.Linq.Expressions.Expression{Func{T, DateTimeOffset}}, TimeSpan)"/>), every minute, in small bites so that other writes pass between.</summary>
internal sealed class ExpirySweeper(SqliteDocumentStore store, TimeProvider time, ILogger<ExpirySweeper> log) : BackgroundService
{
    private const int Bite = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Deletes what has expired now; returns how many.</summary>
    public static async Task<long> SweepAsync(SqliteDocumentStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var table in store.Tables)
        {
            foreach (var index in table.Collection.Indexes.Where(i => i.ExpireAfter is not null))
            {
                total += await SweepAsync(store, table, index, StoredJson.Instant(now - index.ExpireAfter!.Value), cancellationToken);
            }
        }
        return total;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await SweepAsync(store, time.GetUtcNow(), stoppingToken); }
            catch (StorageUnavailableException failure) { log.LogWarning(failure, "Expired records could not be deleted now; the next minute tries again"); }
        }
    }

    private static async Task<long> SweepAsync(SqliteDocumentStore store, Table table, IndexDefinition index, string before, CancellationToken cancellationToken)
    {
        var member = Members.Of(table, index.Members[0].Member).Sql;
        var sql = $"DELETE FROM {table.Sql} WHERE id IN (SELECT d.id FROM {table.Sql} AS d WHERE {member} < ? LIMIT {Bite})";
        long total = 0, gone;
        do { total += gone = await store.Database.WriteAsync(session => session.Run(sql, [before]), false, cancellationToken); } while (gone == Bite);
        return total;
    }
}
