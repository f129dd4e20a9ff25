using System.Linq.Expressions;

namespace Platform.Storage.Sqlite;

/// <summary>
/// A member that an index needs, in a column beside the JSON. SQLite writes an index anew at every update that names one of its columns, and an index on
/// an expression of the body at every update of the body; so a column of its own, named only where it changes, leaves the other indexes alone.
/// </summary>
/// <param name="Path">The path in the body.</param>
internal sealed record KeyColumn(string Path)
{
    /// <summary>The column's name, quoted. The prefix keeps it apart from the table's own columns.</summary>
    public string Name => $"\"{RawName}\"";

    /// <summary>The name as SQLite reports it.</summary>
    public string RawName => Prefix + Path[2..].Replace("\"", "", StringComparison.Ordinal);

    /// <summary>The value out of a body.</summary>
    /// <param name="body">The SQL of the body.</param>
    public string From(string body) => $"json_extract({body},'{Path}')";

    /// <summary>What the names of all key columns begin with.</summary>
    public const string Prefix = "k.";

    /// <summary>The members that the indexes of a collection are over, or have in their conditions.</summary>
    public static IReadOnlyList<KeyColumn> Of(Table table)
    {
        var lambdas = table.Collection.Indexes.SelectMany(i => i.Members.Select(m => m.Member).Concat(i.Filter is { } filter ? [filter] : []));
        return [.. lambdas.SelectMany(lambda => new Finder(table, lambda).Found).Distinct().Select(path => new KeyColumn(path))];
    }

    private sealed class Finder : ExpressionVisitor
    {
        private readonly Members _members;

        public Finder(Table table, LambdaExpression lambda)
        {
            _members = new Members(table).Root(lambda);
            Visit(lambda.Body);
        }

        public List<string> Found { get; } = [];

        protected override Expression VisitMember(MemberExpression node)
        {
            if (_members.Find(node) is not { IsScalar: true } member) { return base.VisitMember(node); }
            if (member.Json is not null) { Found.Add(member.Path); }
            return node;
        }
    }
}
