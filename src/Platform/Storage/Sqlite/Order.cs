using System.Linq.Expressions;

namespace Platform.Storage.Sqlite;

/// <summary>An order with the id as its last key, in the direction of the key before it, so that one index serves it forwards and backwards.</summary>
internal sealed class Order
{
    private readonly List<(SqlMember Member, bool Descending)> _keys;

    public Order(Table table, IReadOnlyList<(LambdaExpression Member, bool Descending)>? keys)
    {
        _keys = [.. (keys ?? []).Select(k => (Members.Of(table, k.Member), k.Descending))];
        foreach (var (member, _) in _keys) { if (!member.IsScalar) { throw new NotSupportedException($"records cannot be sorted by '{member.Path}'"); } }
        _keys.Add((new SqlMember(null, "d.id", typeof(string), false), _keys.Count > 0 && _keys[^1].Descending));
    }

    public int Count => _keys.Count;

    /// <summary>The <c>ORDER BY</c> list.</summary>
    public override string ToString() => string.Join(", ", _keys.Select(k => k.Member.Sql + (k.Descending ? " DESC" : "")));

    /// <summary>The keys as columns.</summary>
    public string Columns => string.Join(", ", _keys.Select(k => k.Member.Sql));

    /// <summary>
    /// The condition "after these keys". Its first part repeats the first key alone, so that an index can begin at it; the rest decides
    /// among equal ones. NULL comes first upwards and last downwards, as in C#.
    /// </summary>
    public void AppendAfter(SqlText sql, IReadOnlyList<object?> keys)
    {
        sql.Add("(");
        var (first, descending) = _keys[0];
        if (keys[0] is not null && !(descending && first.Optional)) { sql.Add(first.Sql).Add(descending ? " <= " : " >= ").Value(keys[0]).Add(" AND "); }
        sql.Add("(").Join(" OR ", Enumerable.Range(0, _keys.Count), at => AppendBranch(sql, keys, at)).Add("))");
    }

    private void AppendBranch(SqlText sql, IReadOnlyList<object?> keys, int at)
    {
        sql.Add("(");
        for (var i = 0; i < at; i++) { sql.Add(_keys[i].Member.Sql).Add(" IS ").Value(keys[i]).Add(" AND "); }
        var (member, descending) = _keys[at];
        if (keys[at] is null) { sql.Add(descending ? "0" : $"{member.Sql} IS NOT NULL"); }
        else
        {
            sql.Add("(").Add(member.Sql).Add(descending ? " < " : " > ").Value(keys[at]);
            sql.Add(descending && member.Optional ? $" OR {member.Sql} IS NULL)" : ")");
        }
        sql.Add(")");
    }
}
