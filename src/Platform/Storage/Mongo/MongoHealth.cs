using System.Diagnostics;
using System.Globalization;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <inheritdoc />
internal sealed class MongoHealth(MongoDocumentStore store, TimeProvider time) : IStorageHealth
{
    private const string Place = "_health";

    public async Task<StorageHealth> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var update = new BsonMap("$set", new BsonMap("at", time.GetUtcNow())).ToBytes();
            var start = Stopwatch.GetTimestamp();
            await store.Database.RunAsync(Place, connection => connection.FindAndModify(Place, new BsonMap(Shelf.Id, "1"), null, update, upsert: true), cancellationToken);
            var latency = Stopwatch.GetElapsedTime(start);
            await store.Database.RunAsync(Place, connection => connection.Find(Place, new BsonMap(Shelf.Id, "1"), new BsonMap(Shelf.Id, 1), 1), cancellationToken);
            return new StorageHealth("Mongo", true, await BytesAsync(cancellationToken), latency, null);
        }
        catch (StorageUnavailableException failure) { return new StorageHealth("Mongo", false, 0, null, failure.Message); }
    }

    private async Task<long> BytesAsync(CancellationToken cancellationToken)
    {
        var stats = await store.Database.RunAsync(Place, connection => connection.Command(new BsonMap("dbStats", 1)), cancellationToken);
        return (long)(Convert.ToDouble(stats["storageSize"] ?? 0, CultureInfo.InvariantCulture) + Convert.ToDouble(stats["indexSize"] ?? 0, CultureInfo.InvariantCulture));
    }
}
