using System.Globalization;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>
/// Turns an <see cref="Update{T}"/> into an update pipeline of one stage. A pipeline rather than <c>$set</c>/<c>$push</c> because those fail
/// where a parent or a list is null; here they mean what they mean on the embedded engine. All values are literals.
/// </summary>
internal static class UpdateTranslator
{
    public static BsonList Pipeline(Shelf shelf, IReadOnlyList<Change> changes)
    {
        var (root, paths) = (new Node(), new List<string>());
        foreach (var change in changes)
        {
            var field = Fields.Of(shelf, change.Member);
            if (field.Path == Shelf.Id || field.Path == Shelf.Version || field.Path == shelf.OwnerPath) { throw new NotSupportedException($"an update cannot change {field.Path}"); }
            if (paths.Any(p => Overlap(p, field.Path))) { throw new NotSupportedException($"an update changes '{field.Path}' twice; make two updates, or one value"); }
            paths.Add(field.Path);
            root.At(field.Path.Split('.')).Value = Expression(change, field);
        }
        var set = root.Members("$").Add(Shelf.Version, new BsonMap("$add", BsonList.Of("$" + Shelf.Version, 1L)));
        return BsonList.Of(new BsonMap("$set", set));
    }

    private static BsonMap Expression(Change change, Field field) => change.Kind switch
    {
        UpdateKind.Set => Literal(StoredBson.ToValue(change.Value, field.Type)),
        UpdateKind.Increment => new("$add", BsonList.Of(new BsonMap("$ifNull", BsonList.Of(field.Dollar, 0L)), Convert.ToInt64(change.Value, CultureInfo.InvariantCulture))),
        UpdateKind.Push => new("$concatArrays", BsonList.Of(IfList(field, field.Dollar, new BsonList()), new BsonList { Literal(StoredBson.ToValue(change.Value, field.Element)) })),
        UpdateKind.Pull => IfList(field, new BsonMap("$filter", new BsonMap("input", field.Dollar).Add("as", "e").Add("cond", new BsonMap("$ne", BsonList.Of("$$e", Literal(StoredBson.ToScalar(change.Value)))))), field.Dollar),
        _ => throw new NotSupportedException($"an update cannot {change.Kind}"),
    };

    private static BsonMap IfList(Field field, object then, object otherwise) => new("$cond", BsonList.Of(new BsonMap("$isArray", BsonList.Of(field.Dollar)), then, otherwise));

    private static BsonMap Literal(object? value) => new("$literal", value);

    private static bool Overlap(string one, string other) =>
        one == other || one.StartsWith(other + ".", StringComparison.Ordinal) || other.StartsWith(one + ".", StringComparison.Ordinal);

    /// <summary>The changed members as a tree: a change inside a nested record that is null does nothing.</summary>
    private sealed class Node
    {
        private readonly Dictionary<string, Node> _children = [];

        public BsonMap? Value { get; set; }

        public Node At(IEnumerable<string> path) => path.Aggregate(this, (node, name) => node._children.TryGetValue(name, out var child) ? child : node._children[name] = new Node());

        public BsonMap Members(string prefix)
        {
            var members = new BsonMap();
            foreach (var (name, child) in _children) { members.Add(name, child.Value ?? child.Within(prefix + name)); }
            return members;
        }

        private BsonMap Within(string path) => new("$cond", BsonList.Of(
            new BsonMap("$eq", BsonList.Of(new BsonMap("$type", path), "object")), new BsonMap("$mergeObjects", BsonList.Of(path, Members(path + "."))), path));
    }
}
