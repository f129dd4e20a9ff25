using System.Linq.Expressions;
using System.Security.Cryptography;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>
/// A declared index as MongoDB's. It is stored under its name and a hash of what it is, <c>by_slug.1a2b3c4d</c>: a changed definition is another
/// index, which can be built while the old one still serves, and copies of two builds of the app can tell theirs apart.
/// </summary>
internal sealed record IndexSpec(string Hash, bool Unique, BsonMap Definition)
{
    private const int HashLength = 8;

    // What the condition of a partial index may say in every version that we take (6.0 and later).
    private static readonly HashSet<string> Sayable = ["$eq", "$gt", "$gte", "$lt", "$lte", "$and", "$exists", "$type"];

    /// <summary>What a stored index of ours is, by its name; null for one that somebody else made.</summary>
    public static string? HashIn(string name) => name.Length > HashLength && name[^(HashLength + 1)] == '.' && name[^HashLength..].All(char.IsAsciiHexDigitLower) ? name[^HashLength..] : null;

    public static IndexSpec Of(Shelf shelf, IndexDefinition index)
    {
        if (!index.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) { throw new InvalidOperationException($"'{index.Name}' is no name for an index of {shelf.Name}"); }
        var fields = index.Members.Select(k => (Field: Fields.Of(shelf, k.Member), k.Descending)).ToList();
        if (fields.FirstOrDefault(k => !k.Field.IsScalar).Field is { Path: { Length: > 0 } path }) { throw new NotSupportedException($"index {shelf.Name}.{index.Name} cannot be over '{path}': it is no single value"); }
        var keys = new BsonMap();
        if (shelf.IsOwned && !index.AcrossOrganizations && fields[0].Field.Path != shelf.OwnerPath) { keys.Add(shelf.OwnerPath!, 1); }
        foreach (var (field, descending) in fields) { keys.Add(field.Path, descending ? -1 : 1); }
        if (!index.Unique && !keys.Has(Shelf.Id)) { keys.Add(Shelf.Id, fields[^1].Descending ? -1 : 1); }
        var definition = new BsonMap("key", keys);
        if (index.Unique) { definition.Add("unique", true); }
        var condition = Condition(shelf, index, [.. fields.Select(f => f.Field)]);
        if (condition.Count > 0) { definition.Add("partialFilterExpression", condition.Count == 1 ? condition[0] : new BsonMap("$and", condition)); }
        var hash = Convert.ToHexStringLower(SHA256.HashData(definition.ToBytes()))[..HashLength];
        return new IndexSpec(hash, index.Unique, definition.Add("name", $"{index.Name}.{hash}"));
    }

    private static BsonList Condition(Shelf shelf, IndexDefinition index, List<Field> fields)
    {
        var condition = new BsonList();
        if (index.Filter is not null) { condition.AddRange(Declared(shelf, index)); }
        // MongoDB counts a missing member as null; to us records that miss all members of a unique index do not count.
        if (!index.Unique || fields.Exists(f => !f.Optional)) { return condition; }
        var there = fields.Select(f => (object?)new BsonMap(f.Path, new BsonMap("$gte", f.Least))).ToList();
        condition.Add(there.Count == 1 ? there[0] : new BsonMap("$or", new BsonList(there)));
        return condition;
    }

    /// <summary>
    /// The declared condition. A plain index leaves out the parts that MongoDB cannot say there: it then holds a few records more, and serves
    /// the same queries. A unique one must hold exactly: "is not true" of a flag that is always there is "is false".
    /// </summary>
    private static IEnumerable<object?> Declared(Shelf shelf, IndexDefinition index)
    {
        var whole = FilterTranslator.Match(shelf, index.Filter!);
        var parts = whole is { Count: 1 } && whole["$and"] is BsonList and ? and : BsonList.Of(whole);
        foreach (var part in parts.Cast<BsonMap>())
        {
            if (index.Unique) { yield return Exact(part, index); }
            else if (IsSayable(part)) { yield return part; }
        }
    }

    private static BsonMap Exact(BsonMap part, IndexDefinition index)
    {
        if (IsSayable(part)) { return part; }
        var (path, test) = part.First();
        if (test is BsonMap { Count: 1 } only && only["$ne"] is true) { return new BsonMap(path, false); }
        if (test is BsonMap { Count: 1 } either && either["$in"] is BsonList) { return part; }
        throw new NotSupportedException($"the condition of the unique index {index.Name} cannot be said in MongoDB: use equality, ranges, flags or 'is not null'");
    }

    private static bool IsSayable(BsonMap part) => part.All(e => e.Key == "$and"
        ? e.Value is BsonList list && list.Cast<BsonMap>().All(IsSayable)
        : e.Key[0] != '$' && e.Value is not null && (e.Value is not BsonMap test || test.All(t => Sayable.Contains(t.Key) && t.Value is not null)));
}
