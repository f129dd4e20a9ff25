using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>An index that is to be built while the app serves already.</summary>
internal sealed record PendingIndex(Shelf Shelf, IndexSpec Spec);

/// <summary>
/// Brings collections and indexes to what is declared, while other copies of the app are at work, also of an older or newer build. The start
/// waits for unique indexes, without which the app may not write, and for those of small collections; the others are built while it serves. An
/// index that is declared no more goes a day after the last copy that declared it, a unique one at once, because it would refuse good records.
/// Indexes that the app did not make are left alone.
/// </summary>
internal sealed class Schema(MongoDatabase database, IEnumerable<Shelf> shelves, ILogger log)
{
    private const string Declared = "_indexes";
    private const uint NamespaceNotFound = 26, IndexNotFound = 27, NamespaceExists = 48, OptionsConflict = 85, SpecsConflict = 86;
    private const int MostDeclarations = 1000;
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1), LongBuild = TimeSpan.FromSeconds(30);
    // Two that would be the same (their conditions may say what MongoDB cannot) are one: MongoDB refuses a twin under another name.
    private readonly List<(Shelf Shelf, Dictionary<string, IndexSpec> Wanted)> _shelves = [.. shelves.Select(s => (s, s.Collection.Indexes.Select(i => IndexSpec.Of(s, i)).DistinctBy(i => i.Hash).ToDictionary(i => i.Hash)))];

    /// <summary>A collection with more records gets its plain indexes while the app serves.</summary>
    public int Few { get; init; } = 10_000;

    /// <summary>Makes what the app cannot start without; returns what is left to be built.</summary>
    public async Task<IReadOnlyList<PendingIndex>> EnsureAsync(CancellationToken cancellationToken)
    {
        var kept = await DeclareAsync(cancellationToken);
        var left = await Task.WhenAll(_shelves.Select(s => EnsureAsync(s.Shelf, s.Wanted, kept, cancellationToken)));
        return [.. left.SelectMany(l => l)];
    }

    /// <summary>Says that this copy still lives by its indexes, and drops those by which no copy does any more.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        var kept = await DeclareAsync(cancellationToken);
        foreach (var (shelf, wanted) in _shelves)
        {
            await database.RunAsync(shelf.Name, connection => { Drop(connection, shelf, Present(connection, shelf).Where(i => i.IsOurs && !i.Unique && !wanted.ContainsKey(i.Hash) && !kept.Contains(Key(shelf, i.Hash)))); return true; }, cancellationToken);
        }
    }

    /// <summary>Builds indexes. The server goes on with a build whose answer did not come in time, and whoever asks again waits for the same one.</summary>
    public async Task BuildAsync(Shelf shelf, IReadOnlyList<IndexSpec> specs, CancellationToken cancellationToken)
    {
        var command = new BsonMap("createIndexes", shelf.Name).Add("indexes", new BsonList(specs.Select(i => i.Definition)));
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            try { await database.RunAsync(shelf.Name, connection => connection.Command(command), cancellationToken); return; }
            catch (StorageUnavailableException) when (Stopwatch.GetElapsedTime(since) > LongBuild) { log.LogInformation("MongoDB still builds indexes of {Collection}", shelf.Name); }
            catch (DuplicateKeyException failure) { throw new StorageUnavailableException($"A unique index of {shelf.Name} cannot be made, because stored records agree in its members. {failure.InnerException?.Message}", failure); }
            catch (MongoFailure failure) when (failure.Code is OptionsConflict or SpecsConflict)
            {
                throw new StorageUnavailableException($"An index that the app did not make stands in the way; drop it and start again. {failure.Message}", failure);
            }
        }
    }

    private async Task<IEnumerable<PendingIndex>> EnsureAsync(Shelf shelf, Dictionary<string, IndexSpec> wanted, HashSet<string> kept, CancellationToken cancellationToken)
    {
        var (missing, many) = await database.RunAsync(shelf.Name, connection =>
        {
            var present = Present(connection, shelf);
            if (present.Count == 0) { Allowing(() => connection.Command(new BsonMap("create", shelf.Name)), NamespaceExists); }
            Drop(connection, shelf, present.Where(i => i.IsOurs && !wanted.ContainsKey(i.Hash) && (i.Unique || !kept.Contains(Key(shelf, i.Hash)))));
            var lacking = wanted.Values.Where(i => !present.Exists(p => p.Hash == i.Hash)).ToList();
            return (lacking, lacking.Count > 0 && present.Count > 0 && Records(connection, shelf) > Few);
        }, cancellationToken);
        var now = missing.Where(i => i.Unique || !many).ToList();
        if (now.Count > 0) { await BuildAsync(shelf, now, cancellationToken); }
        return missing.Except(now).Select(i => new PendingIndex(shelf, i));
    }

    // One record for each set of declarations, so that copies of one build share it; by the server's clock.
    private async Task<HashSet<string>> DeclareAsync(CancellationToken cancellationToken)
    {
        var now = await database.NowAsync(cancellationToken);
        var all = _shelves.SelectMany(s => s.Wanted.Keys.Select(hash => Key(s.Shelf, hash))).Order(StringComparer.Ordinal).ToList();
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))))[..16];
        var update = new BsonMap("$set", new BsonMap("at", now).Add("indexes", new BsonList(all))).ToBytes();
        return await database.RunAsync(Declared, connection =>
        {
            connection.FindAndModify(Declared, new BsonMap(Shelf.Id, id), null, update, upsert: true);
            connection.DeleteMany(Declared, new BsonMap("at", new BsonMap("$lt", now - Grace)));
            return connection.Find(Declared, [], new BsonMap(Shelf.Id, 1), MostDeclarations).SelectMany(d => BsonReader.Read(d)["indexes"] as BsonList ?? []).OfType<string>().ToHashSet(StringComparer.Ordinal);
        }, cancellationToken);
    }

    private void Drop(Connection connection, Shelf shelf, IEnumerable<StoredIndex> indexes)
    {
        foreach (var index in indexes)
        {
            log.LogInformation("Dropping index {Collection}.{Index}: its definition changed or went", shelf.Name, index.Name);
            Allowing(() => connection.Command(new BsonMap("dropIndexes", shelf.Name).Add("index", index.Name)), IndexNotFound, NamespaceNotFound);
        }
    }

    private static string Key(Shelf shelf, string hash) => $"{shelf.Name}.{hash}";

    private static long Records(Connection connection, Shelf shelf) => Convert.ToInt64(connection.Command(new BsonMap("count", shelf.Name))["n"] ?? 0L, System.Globalization.CultureInfo.InvariantCulture);

    private static List<StoredIndex> Present(Connection connection, Shelf shelf)
    {
        try { return connection.Indexes(shelf.Name).ConvertAll(i => BsonReader.Read(i)).ConvertAll(i => new StoredIndex((string)i["name"]!, IndexSpec.HashIn((string)i["name"]!) ?? "", i["unique"] is true)); }
        catch (MongoFailure failure) when (failure.Code == NamespaceNotFound) { return []; }
    }

    private static void Allowing(Action run, params uint[] codes)
    {
        try { run(); }
        catch (MongoFailure failure) when (codes.Contains(failure.Code)) { /* it is as wanted already */ }
    }

    private sealed record StoredIndex(string Name, string Hash, bool Unique)
    {
        public bool IsOurs => Hash.Length > 0;
    }
}
