using System.Diagnostics;

namespace Platform.Storage.Sqlite;

/// <inheritdoc />
internal sealed class SqliteHealth(SqliteDocumentStore store, TimeProvider time) : IStorageHealth
{
    public async Task<StorageHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var database = store.Database;
        try
        {
            var at = StoredJson.Instant(time.GetUtcNow());
            var start = Stopwatch.GetTimestamp();
            await database.WriteAsync(session => session.Run("INSERT INTO _health (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at", [at]), false, cancellationToken);
            var latency = Stopwatch.GetElapsedTime(start);
            await database.ReadAsync(session => session.Rows("SELECT at FROM _health WHERE id = 1", [], row => row.Text(0)), cancellationToken);
            return new StorageHealth("Sqlite", true, Bytes(database.File), latency, null);
        }
        catch (StorageUnavailableException failure) { return new StorageHealth("Sqlite", false, Bytes(database.File), null, failure.Message); }
    }

    private static long Bytes(string file) => new[] { file, file + "-wal" }.Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length);
}
