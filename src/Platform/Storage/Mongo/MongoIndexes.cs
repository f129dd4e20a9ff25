namespace Platform.Storage.Mongo;

/// <summary>Builds, while the app serves, the indexes for which its start did not wait, and tidies up hourly. Several copies may do so at once: MongoDB builds an index once.</summary>
internal sealed class MongoIndexes(MongoDocumentStore store, TimeProvider time, ILogger<MongoIndexes> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1), Tidying = TimeSpan.FromHours(1);

    /// <summary>Builds what is pending, one after the other.</summary>
    public async Task BuildAsync(CancellationToken cancellationToken)
    {
        foreach (var (shelf, spec) in store.Pending)
        {
            log.LogInformation("Building index {Collection}.{Index} while the app serves; until it is there, what needs it is slower", shelf.Name, spec.Definition["name"]);
            await store.Schema.BuildAsync(shelf, [spec], cancellationToken);
            log.LogInformation("Index {Collection}.{Index} is there", shelf.Name, spec.Definition["name"]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(BuildAsync, stoppingToken);
        using var timer = new PeriodicTimer(Tidying, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) { await TryAsync(store.Schema.TidyAsync, stoppingToken); }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        while (true)
        {
            try { await work(stoppingToken); return; }
            catch (StorageUnavailableException failure) { log.LogWarning(failure, "Indexes cannot be looked after now; again in {Seconds} s", Again.TotalSeconds); }
            await Task.Delay(Again, time, stoppingToken);
        }
    }
}
