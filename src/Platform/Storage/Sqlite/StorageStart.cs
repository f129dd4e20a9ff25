namespace Platform.Storage.Sqlite;

/// <summary>Opens the store and runs the migrations that have not run, in order of their names, before anything else starts.</summary>
internal sealed class StorageStart(SqliteDocumentStore store, IEnumerable<IMigration> migrations, TimeProvider time, ILogger<StorageStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var done = await store.Database.ReadAsync(session => session.Rows("SELECT name FROM _migrations", [], row => row.Text(0)!).ToHashSet(StringComparer.Ordinal), cancellationToken);
        foreach (var migration in migrations.Where(m => !done.Contains(m.Name)).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            log.LogInformation("Migrating stored records: {Migration}", migration.Name);
            await migration.RunAsync(store, cancellationToken);
            var at = StoredJson.Instant(time.GetUtcNow());
            await store.Database.WriteAsync(session => session.Run("INSERT INTO _migrations (name, at) VALUES (?, ?)", [migration.Name, at]), false, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
