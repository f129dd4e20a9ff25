using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>
/// Runs the migrations that have not run, in order of their names, before anything else starts; one copy of the app at a time, by a lease on the
/// server's clock. A copy that was paused until another took its lease breaks its migration off and waits, like any other, until all have run.
/// </summary>
internal sealed class MongoStart(MongoDocumentStore store, IEnumerable<IMigration> migrations, ILogger<MongoStart> log) : IHostedService
{
    private const string Done = "_migrations", LockId = "lock";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private readonly string _me = Primitives.Ids.New();

    /// <summary>How long a copy that died holds up the others.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        for (var waited = false; (await DueAsync(cancellationToken)).Count > 0; waited = true)
        {
            if (await HoldAsync(cancellationToken))
            {
                try { await RunAllAsync(cancellationToken); }
                finally { await store.Database.RunAsync(Done, connection => connection.DeleteOne(Done, new BsonMap(Shelf.Id, LockId).Add("by", _me)), CancellationToken.None); }
                continue;
            }
            if (!waited) { log.LogInformation("Another copy of the app migrates stored records; this one waits"); }
            await Task.Delay(Look, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAllAsync(CancellationToken cancellationToken)
    {
        foreach (var migration in await DueAsync(cancellationToken))
        {
            log.LogInformation("Migrating stored records: {Migration}", migration.Name);
            if (!await RunAsync(migration, cancellationToken)) { log.LogWarning("Broke {Migration} off: another copy took over, because this one said nothing for {Lease}", migration.Name, Lease); return; }
            await SaveAsync(new BsonMap(Shelf.Id, migration.Name), new BsonMap("at", await store.Database.NowAsync(cancellationToken)), cancellationToken);
        }
    }

    private async Task<List<IMigration>> DueAsync(CancellationToken cancellationToken)
    {
        var done = (await store.Database.RunAsync(Done, connection => connection.Find(Done, [], new BsonMap(Shelf.Id, 1), 100_000), cancellationToken)).Select(r => (string)BsonReader.Read(r)[Shelf.Id]!).ToHashSet(StringComparer.Ordinal);
        return [.. migrations.Where(m => !done.Contains(m.Name)).OrderBy(m => m.Name, StringComparer.Ordinal)];
    }

    // A long migration keeps its lease alive; false where it is lost, with the migration stopped.
    private async Task<bool> RunAsync(IMigration migration, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = migration.RunAsync(store, stop.Token);
        var held = true;
        while (held && await Task.WhenAny(running, Task.Delay(Lease / 3, cancellationToken)) != running && !cancellationToken.IsCancellationRequested)
        {
            // A server that does not answer now says nothing about the lease; it counts by the server's clock.
            try { held = await HoldAsync(cancellationToken); }
            catch (StorageUnavailableException failure) { log.LogWarning(failure, "The lease of {Migration} cannot be renewed now", migration.Name); }
        }
        if (!held) { await stop.CancelAsync(); }
        try { await running; }
        catch (OperationCanceledException) when (!held) { /* as asked */ }
        return held && await HoldAsync(cancellationToken);
    }

    private async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        var now = await store.Database.NowAsync(cancellationToken);
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
