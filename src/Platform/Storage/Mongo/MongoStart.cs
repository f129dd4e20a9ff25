using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>Runs the migrations that have not run, in order of their names, before anything else starts; one copy of the app at a time.</summary>
internal sealed class MongoStart(MongoDocumentStore store, IEnumerable<IMigration> migrations, TimeProvider time, ILogger<MongoStart> log) : IHostedService
{
    private const string Done = "_migrations", LockId = "lock";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1), Look = TimeSpan.FromMilliseconds(500);
    private readonly string _me = Primitives.Ids.New();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if ((await DueAsync(cancellationToken)).Count == 0) { return; }
        while (!await HoldAsync(cancellationToken)) { await Task.Delay(Look, cancellationToken); }
        try
        {
            foreach (var migration in await DueAsync(cancellationToken))
            {
                log.LogInformation("Migrating stored records: {Migration}", migration.Name);
                await RunAsync(migration, cancellationToken);
                await SaveAsync(new BsonMap(Shelf.Id, migration.Name), new BsonMap("at", time.GetUtcNow()), cancellationToken);
            }
        }
        finally { await store.Database.RunAsync(Done, connection => connection.DeleteOne(Done, new BsonMap(Shelf.Id, LockId).Add("by", _me)), CancellationToken.None); }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<List<IMigration>> DueAsync(CancellationToken cancellationToken)
    {
        var done = (await store.Database.RunAsync(Done, connection => connection.Find(Done, [], new BsonMap(Shelf.Id, 1), 100_000), cancellationToken)).Select(r => (string)BsonReader.Read(r)[Shelf.Id]!).ToHashSet(StringComparer.Ordinal);
        return [.. migrations.Where(m => !done.Contains(m.Name)).OrderBy(m => m.Name, StringComparer.Ordinal)];
    }

    // A long migration keeps its lease alive; a copy that died loses it after a minute.
    private async Task RunAsync(IMigration migration, CancellationToken cancellationToken)
    {
        var running = migration.RunAsync(store, cancellationToken);
        while (await Task.WhenAny(running, Task.Delay(Lease / 3, cancellationToken)) != running && !cancellationToken.IsCancellationRequested) { await HoldAsync(cancellationToken); }
        await running;
    }

    private async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var free = new BsonMap("$or", BsonList.Of(new BsonMap("by", _me), new BsonMap("until", new BsonMap("$lt", now))));
        try { await SaveAsync(new BsonMap(Shelf.Id, LockId).Add("$or", free["$or"]), new BsonMap("by", _me).Add("until", now + Lease), cancellationToken); return true; }
        catch (DuplicateKeyException) { return false; }
    }

    private Task<bool> SaveAsync(BsonMap where, BsonMap values, CancellationToken cancellationToken)
    {
        var update = new BsonMap("$set", values).ToBytes();
        return store.Database.RunAsync(Done, connection => connection.FindAndModify(Done, where, null, update, upsert: true) is not null, cancellationToken);
    }
}
