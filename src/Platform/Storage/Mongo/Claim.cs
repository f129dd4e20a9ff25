using System.Linq.Expressions;
using System.Security.Cryptography;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>
/// Takes up to so many matches in one go, which MongoDB has no operation for: it looks at the next ones, then changes each of them where it
/// is still in the state (id and version) that was seen, side by side. A version is never given twice, so of several claimers one wins each
/// record; who loses looks again, a little apart from the others.
/// </summary>
internal sealed class Claim<T>(MongoDatabase database, Scope scope, Expression<Func<T, bool>> filter, Sort<T> sort, Update<T> update) where T : Document
{
    private const int Spread = 4;
    private readonly Reads<T> _reads = new(scope);
    private readonly Writes<T> _writes = new(scope);
    private readonly BsonMap _where = scope.Where(filter);
    private readonly BsonMap _sort = new Order(scope.Shelf, sort.Keys).Sort;
    private readonly List<T> _taken = [];

    public async Task<IReadOnlyList<T>> RunAsync(int limit, CancellationToken cancellationToken)
    {
        if (limit == 1)
        {
            var one = _writes.UpdateOne(filter, sort, update);
            return await database.RunAsync(scope.Shelf.Name, connection => one(connection, null), cancellationToken) is { } only ? [only] : [];
        }
        var pipeline = _writes.Pipeline(update);
        for (var crowded = false; _taken.Count < limit;)
        {
            var wanted = limit - _taken.Count;
            var window = crowded ? Math.Min(1000, wanted * Spread) : wanted;
            var seen = await database.RunAsync(scope.Shelf.Name, _reads.States(NotTaken(), _sort, window), cancellationToken);
            var tried = crowded && seen.Count > wanted ? seen.GetRange(RandomNumberGenerator.GetInt32(seen.Count - wanted + 1), wanted) : seen;
            var won = await TakeAsync(tried, pipeline, cancellationToken);
            if (seen.Count < window && won == tried.Count && tried.Count == seen.Count) { break; }
            crowded = won < tried.Count;
        }
        return _taken;
    }

    private async Task<int> TakeAsync(IReadOnlyList<(string Id, long Version)> states, byte[] pipeline, CancellationToken cancellationToken)
    {
        // What one call took must not be lost because another failed: its failure counts only where nothing was taken.
        var tries = states.Select(s => database.RunAsync(scope.Shelf.Name, _writes.Take(s.Id, s.Version, pipeline), cancellationToken)).ToList();
        var (before, failure) = (_taken.Count, (Exception?)null);
        foreach (var attempt in tries)
        {
            try { if (await attempt is { } taken) { _taken.Add(taken); } }
            catch (Exception failed) when (failed is StorageUnavailableException or OperationCanceledException) { failure = failed; }
        }
        if (failure is not null && _taken.Count == 0) { throw failure; }
        return failure is null ? _taken.Count - before : states.Count;
    }

    private BsonMap NotTaken()
    {
        if (_taken.Count == 0) { return _where; }
        var others = new BsonMap(Shelf.Id, new BsonMap("$nin", new BsonList(_taken.Select(t => t.Id))));
        return _where.Count == 0 ? others : new BsonMap("$and", BsonList.Of(_where, others));
    }
}
