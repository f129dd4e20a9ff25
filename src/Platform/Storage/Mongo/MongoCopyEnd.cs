using System.Globalization;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <inheritdoc />
internal sealed class MongoCopyEnd(MongoDocumentStore store) : ICopyEnd
{
    private const string Migrations = "_migrations", Lock = "lock";
    private const int MostMigrations = 100_000;
    private static readonly BsonMap ById = new(Shelf.Id, 1), ByIdDown = new(Shelf.Id, -1);

    public Task<IReadOnlyList<Document>> ReadAsync(ICollection collection, string? after, int most, CancellationToken cancellationToken)
    {
        var where = after is null ? [] : new BsonMap(Shelf.Id, new BsonMap("$gt", after));
        return store.Database.RunAsync<IReadOnlyList<Document>>(collection.Name, connection =>
            connection.Find(collection.Name, where, ById, most).ConvertAll(r => (Document)StoredBson.Read(r, collection.Type)), cancellationToken);
    }

    public Task WriteAsync(ICollection collection, IReadOnlyList<Document> records, CancellationToken cancellationToken)
    {
        var ids = new BsonMap(Shelf.Id, new BsonMap("$in", new BsonList(records.Select(r => r.Id))));
        var all = records.Select(r => StoredBson.Write(r, collection.Type)).ToList();
        return store.Database.TransactAsync(collection.Name, (connection, session) =>
        {
            connection.DeleteMany(collection.Name, ids, session);
            connection.InsertMany(collection.Name, all, session);
            return all.Count;
        }, cancellationToken);
    }

    public async Task<string?> LastIdAsync(ICollection collection, CancellationToken cancellationToken) =>
        await store.Database.RunAsync(collection.Name, connection => connection.Find(collection.Name, [], ByIdDown, 1, ById), cancellationToken) is [var last, ..] ? BsonReader.Read(last)[Shelf.Id] as string : null;

    public async Task<IReadOnlyList<(string Name, string At)>> MigrationsAsync(CancellationToken cancellationToken) =>
        [.. (await store.Database.RunAsync(Migrations, connection => connection.Find(Migrations, [], ById, MostMigrations), cancellationToken)).Select(r => BsonReader.Read(r))
            .Where(m => m[Shelf.Id] is not Lock).Select(m => ((string)m[Shelf.Id]!, ((DateTimeOffset)m["at"]!).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)))];

    public Task MarkAsync(IReadOnlyList<(string Name, string At)> migrations, CancellationToken cancellationToken) => store.Database.RunAsync(Migrations, connection =>
    {
        foreach (var (name, at) in migrations)
        {
            var set = new BsonMap("$set", new BsonMap("at", DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
            connection.FindAndModify(Migrations, new BsonMap(Shelf.Id, name), null, set.ToBytes(), upsert: true);
        }
        return migrations.Count;
    }, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
