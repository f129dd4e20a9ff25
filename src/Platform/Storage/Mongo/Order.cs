using System.Linq.Expressions;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>An order with the id as its last key, in the direction of the key before it, so that one index serves it forwards and backwards.</summary>
internal sealed class Order
{
    private readonly List<(Field Field, bool Descending)> _keys = [];

    public Order(Shelf shelf, IReadOnlyList<(LambdaExpression Member, bool Descending)>? keys)
    {
        foreach (var (member, descending) in keys ?? [])
        {
            var field = Fields.Of(shelf, member);
            if (!field.IsScalar) { throw new NotSupportedException($"records cannot be sorted by '{field.Path}'"); }
            // A key that stands before decides; MongoDB takes no name twice.
            if (!_keys.Exists(k => k.Field.Path == field.Path)) { _keys.Add((field, descending)); }
        }
        if (!_keys.Exists(k => k.Field.Path == Shelf.Id)) { _keys.Add((new Field(null, Shelf.Id, typeof(string), false), _keys.Count > 0 && _keys[^1].Descending)); }
    }

    public int Count => _keys.Count;

    /// <summary>The sort document.</summary>
    public BsonMap Sort
    {
        get
        {
            var sort = new BsonMap();
            foreach (var (key, descending) in _keys) { sort.Add(key.Path, descending ? -1 : 1); }
            return sort;
        }
    }

    /// <summary>The keys of a record.</summary>
    public BsonList KeysOf(ReadOnlySpan<byte> record)
    {
        var map = BsonReader.Read(record);
        return new BsonList(_keys.Select(k => k.Field.Path.Split('.').Aggregate((object?)map, (at, name) => (at as BsonMap)?[name])));
    }

    /// <summary>
    /// The condition "after these keys". Its first part repeats the first key alone, so that an index can begin at it; the rest decides
    /// among equal ones. Null comes first upwards and last downwards, as in C#.
    /// </summary>
    public BsonMap After(BsonList keys)
    {
        var branches = new BsonList(Enumerable.Range(0, _keys.Count).Where(at => keys[at] is not null || !_keys[at].Descending).Select(at => Branch(keys, at)));
        var after = new BsonMap("$or", branches);
        var (first, descending) = _keys[0];
        return keys[0] is null || (descending && first.Optional) ? after : new BsonMap(first.Path, new BsonMap(descending ? "$lte" : "$gte", keys[0])).Add("$or", branches);
    }

    private BsonMap Branch(BsonList keys, int at)
    {
        var all = new BsonList(Enumerable.Range(0, at).Select(i => new BsonMap(_keys[i].Field.Path, new BsonMap("$eq", keys[i]))));
        var (field, descending) = _keys[at];
        if (keys[at] is null) { all.Add(new BsonMap(field.Path, new BsonMap("$ne", null))); }
        else
        {
            var further = new BsonMap(field.Path, new BsonMap(descending ? "$lt" : "$gt", keys[at]));
            all.Add(descending && field.Optional ? new BsonMap("$or", BsonList.Of(further, new BsonMap(field.Path, null))) : further);
        }
        return new BsonMap("$and", all);
    }
}
