using System.Linq.Expressions;
using Platform.Primitives;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>The reads of one scope. Everything that can be refused is refused when the work is made, on the caller's thread.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class Reads<T>(Scope scope) where T : Document
{
    private const int MostGroups = 10_000;

    public Func<Connection, T?> Get(string id) => One(scope.WhereId(id), new BsonMap(Shelf.Id, 1));

    public Func<Connection, T?> First(Expression<Func<T, bool>> filter, Sort<T>? sort) => One(scope.Where(filter), new Order(scope.Shelf, sort?.Keys).Sort);

    public Func<Connection, long> Count(Expression<Func<T, bool>> filter)
    {
        var where = scope.Where(filter);
        return connection => connection.Count(scope.Shelf.Name, where);
    }

    public Func<Connection, Page<T>> Find(Query<T> query)
    {
        if (query.Limit is < 1 or > 1000) { throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "a page holds 1 to 1,000 records"); }
        var (order, where) = (new Order(scope.Shelf, query.Sort?.Keys), scope.Where(query.Filter));
        var (sort, hash) = (order.Sort, Cursor.HashOf(scope.Shelf, where, order.Sort));
        if (query.Cursor is not null)
        {
            var after = order.After(Cursor.Read(query.Cursor, hash, order.Count));
            where = where.Count == 0 ? after : new BsonMap("$and", BsonList.Of(where, after));
        }
        return connection =>
        {
            var found = connection.Find(scope.Shelf.Name, where, sort, query.Limit + 1);
            var next = found.Count > query.Limit ? Cursor.Write(hash, order.KeysOf(found[query.Limit - 1])) : null;
            return new Page<T>([.. found.Take(query.Limit).Select(r => StoredBson.Read<T>(r))], next);
        };
    }

    public Func<Connection, IReadOnlyList<Group>> Group(GroupQuery<T> query)
    {
        var groups = new GroupTranslator(scope.Shelf, query.Keys, query.Values);
        var pipeline = groups.Pipeline(scope.Where(query.Filter), MostGroups + 1);
        return connection =>
        {
            var rows = connection.Aggregate(scope.Shelf.Name, pipeline).ConvertAll(r => groups.Read(r));
            return rows.Count <= MostGroups ? groups.Arrange(rows) : throw new InvalidOperationException($"more than {MostGroups} groups: use fewer keys or a wider bucket");
        };
    }

    /// <summary>The ids and versions of matches, in order: what a claim then tries to take.</summary>
    public Func<Connection, List<(string Id, long Version)>> States(BsonMap where, BsonMap sort, int limit)
    {
        var fields = new BsonMap(Shelf.Version, 1);
        return connection => connection.Find(scope.Shelf.Name, where, sort, limit, fields).ConvertAll(r => State(BsonReader.Read(r)));
    }

    private static (string, long) State(BsonMap record) => ((string)record[Shelf.Id]!, record[Shelf.Version] switch { int some => some, long many => many, _ => 0 });

    private Func<Connection, T?> One(BsonMap where, BsonMap sort) => connection =>
        connection.Find(scope.Shelf.Name, where, sort, 1) is [var record, ..] ? StoredBson.Read<T>(record) : null;
}
