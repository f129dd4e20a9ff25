using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>
/// Brings collections and indexes to what is declared; an index is made anew where its definition changed, and dropped where it is declared
/// no more. MongoDB builds indexes while it serves; several copies of the app may do this at once.
/// </summary>
internal static class Schema
{
    private const string Known = "_indexes";
    private const uint NamespaceNotFound = 26, IndexNotFound = 27, NamespaceExists = 48, OptionsConflict = 85, SpecsConflict = 86;
    private const int MostIndexes = 100_000;

    public static async Task EnsureAsync(MongoDatabase database, IReadOnlyList<Shelf> shelves, ILogger log, CancellationToken cancellationToken)
    {
        var hashes = (await database.RunAsync(Known, connection => connection.Find(Known, [], new BsonMap(Shelf.Id, 1), MostIndexes), cancellationToken))
            .Select(r => BsonReader.Read(r)).ToDictionary(r => (string)r[Shelf.Id]!, r => r["hash"] as string);
        await Task.WhenAll(shelves.Select(shelf => database.RunAsync(shelf.Name, connection => Ensure(connection, shelf, hashes, log), cancellationToken)));
    }

    private static bool Ensure(Connection connection, Shelf shelf, Dictionary<string, string?> hashes, ILogger log)
    {
        // Two that would be the same (their conditions may say what MongoDB cannot) are one: MongoDB refuses a twin under another name.
        var wanted = shelf.Collection.Indexes.Select(i => IndexSpec.Of(shelf, i)).DistinctBy(i => i.Shape).ToDictionary(i => i.Name);
        var present = Present(connection, shelf);
        foreach (var name in present.Where(name => name != "_id_"))
        {
            if (wanted.TryGetValue(name, out var spec) && hashes.GetValueOrDefault($"{shelf.Name}.{name}") == spec.Hash) { wanted.Remove(name); continue; }
            log.LogInformation("Dropping index {Collection}.{Index}: its definition changed or went", shelf.Name, name);
            Allowing(() => connection.Command(new BsonMap("dropIndexes", shelf.Name).Add("index", name)), IndexNotFound, NamespaceNotFound);
        }
        if (present.Count == 0) { Allowing(() => connection.Command(new BsonMap("create", shelf.Name)), NamespaceExists); }
        if (wanted.Count == 0) { return true; }
        // Another copy may make the same ones at this moment, which is no conflict.
        Allowing(() => connection.Command(new BsonMap("createIndexes", shelf.Name).Add("indexes", new BsonList(wanted.Values.Select(i => i.Definition)))));
        foreach (var spec in wanted.Values) { Remember(connection, $"{shelf.Name}.{spec.Name}", spec.Hash); }
        return true;
    }

    private static List<string> Present(Connection connection, Shelf shelf)
    {
        try { return connection.Indexes(shelf.Name).ConvertAll(i => (string)BsonReader.Read(i)["name"]!); }
        catch (MongoFailure failure) when (failure.Code == NamespaceNotFound) { return []; }
    }

    private static void Remember(Connection connection, string name, string hash) =>
        connection.FindAndModify(Known, new BsonMap(Shelf.Id, name), null, new BsonMap("$set", new BsonMap("hash", hash)).ToBytes(), upsert: true);

    private static void Allowing(Action run, params uint[] codes)
    {
        try { run(); }
        catch (MongoFailure failure) when (codes.Contains(failure.Code)) { /* it is as wanted already */ }
        catch (MongoFailure failure) when (failure.Code is OptionsConflict or SpecsConflict)
        {
            throw new InvalidOperationException($"An index that the app did not make stands in the way; drop it and start again. {failure.Message}", failure);
        }
    }
}
