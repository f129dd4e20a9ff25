using System.Linq.Expressions;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Mongo.Native;

namespace Platform.Storage.Mongo;

/// <summary>The writes of one scope. Everything that can be refused is refused when the work is made, on the caller's thread. With a session they are part of its transaction.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class Writes<T>(Scope scope) where T : Document
{
    private static readonly BsonMap ById = new(Shelf.Id, 1);

    public Func<Connection, SessionHandle?, T> Insert(T document)
    {
        var stored = New(document);
        var bytes = StoredBson.Write(stored, typeof(T));
        return (connection, session) => { connection.Insert(scope.Shelf.Name, bytes, session); return stored; };
    }

    public Func<Connection, SessionHandle?, int> InsertMany(IEnumerable<T> documents)
    {
        var all = documents.Select(d => StoredBson.Write(New(d), typeof(T))).ToList();
        return (connection, session) => { connection.InsertMany(scope.Shelf.Name, all, session); return all.Count; };
    }

    public Func<Connection, SessionHandle?, T?> Replace(T document)
    {
        DemandChangeable();
        scope.Demand(document);
        var stored = document with { Version = document.Version + 1 };
        var (where, bytes) = (scope.WhereState(document.Id, document.Version), StoredBson.Write(stored, typeof(T)));
        return (connection, session) => connection.Replace(scope.Shelf.Name, where, bytes, session) ? stored : null;
    }

    public Func<Connection, SessionHandle?, bool> Delete(string id)
    {
        DemandChangeable();
        var where = scope.WhereId(id);
        return (connection, session) => connection.DeleteOne(scope.Shelf.Name, where, session);
    }

    public Func<Connection, long> DeleteMany(Expression<Func<T, bool>> filter)
    {
        DemandChangeable();
        var where = scope.Where(filter);
        return connection => connection.DeleteMany(scope.Shelf.Name, where);
    }

    public Func<Connection, SessionHandle?, T?> UpdateOne(Expression<Func<T, bool>> filter, Sort<T>? sort, Update<T> update)
    {
        var (where, order, pipeline) = (scope.Where(filter), sort is null ? ById : new Order(scope.Shelf, sort.Keys).Sort, Pipeline(update));
        return (connection, session) => Changed(connection.FindAndModify(scope.Shelf.Name, where, order, pipeline, session));
    }

    /// <summary>Changes a record that is still in the state that was seen.</summary>
    public Func<Connection, T?> Take(string id, long version, byte[] pipeline)
    {
        var where = scope.WhereState(id, version);
        return connection => Changed(connection.FindAndModify(scope.Shelf.Name, where, null, pipeline));
    }

    public Func<Connection, SessionHandle?, long> UpdateMany(Expression<Func<T, bool>> filter, Update<T> update)
    {
        var (where, pipeline) = (scope.Where(filter), Pipeline(update));
        return (connection, session) => connection.UpdateMany(scope.Shelf.Name, where, pipeline, session);
    }

    public byte[] Pipeline(Update<T> update)
    {
        DemandChangeable();
        var stages = new BsonMap();
        foreach (var stage in UpdateTranslator.Pipeline(scope.Shelf, update.Changes)) { stages.Add("0", stage); }
        return stages.ToBytes();
    }

    private T New(T document)
    {
        scope.Demand(document);
        return document with { Version = 1 };
    }

    private static T? Changed(byte[]? record) => record is null ? null : StoredBson.Read<T>(record);

    private void DemandChangeable()
    {
        if (scope.Shelf.Collection.IsAppendOnly) { throw new InvalidOperationException($"records of {scope.Shelf.Name} are only added, never changed or deleted"); }
    }
}
