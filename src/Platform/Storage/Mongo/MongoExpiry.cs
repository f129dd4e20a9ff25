using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>
/// Deletes what has expired, every minute, in small bites. Not the server's TTL indexes: those go by the server's clock and whole dates, and
/// ours must go by the app's clock, to the tick, like everything else that compares with it. Several copies may sweep at once.
/// </summary>
internal sealed class MongoExpiry(MongoDocumentStore store, TimeProvider time, ILogger<MongoExpiry> log) : BackgroundService
{
    private const int Bite = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>Deletes what has expired now; returns how many.</summary>
    public static async Task<long> SweepAsync(MongoDocumentStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var shelf in store.Shelves)
        {
            foreach (var index in shelf.Collection.Indexes.Where(i => i.ExpireAfter is not null))
            {
                total += await SweepAsync(store, shelf, new BsonMap(Fields.Of(shelf, index.Members[0].Member).Path, new BsonMap("$lt", now - index.ExpireAfter!.Value)), cancellationToken);
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

    private static async Task<long> SweepAsync(MongoDocumentStore store, Shelf shelf, BsonMap expired, CancellationToken cancellationToken)
    {
        long total = 0, seen;
        do
        {
            var ids = await store.Database.RunAsync(shelf.Name, connection => connection.Find(shelf.Name, expired, new BsonMap(expired.First().Key, 1), Bite, new BsonMap(Shelf.Id, 1)), cancellationToken);
            seen = ids.Count;
            if (seen == 0) { break; }
            var gone = new BsonMap("$and", BsonList.Of(new BsonMap(Shelf.Id, new BsonMap("$in", new BsonList(ids.Select(i => BsonReader.Read(i)[Shelf.Id])))), expired));
            total += await store.Database.RunAsync(shelf.Name, connection => connection.DeleteMany(shelf.Name, gone), cancellationToken);
        }
        while (seen == Bite);
        return total;
    }
}
