using System.Linq.Expressions;
using Platform.Primitives;

namespace Platform.Storage.Sqlite;

/// <summary>The reads of one scope, made into statements on the caller's thread.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class Reads<T>(Scope scope) where T : Document
{
    private const int MostGroups = 10_000;

    public Func<Session, T?> Get(string id)
    {
        var sql = new SqlText().Add($"SELECT d.body FROM {scope.From} WHERE d.id = ").Value(id);
        if (scope.Organization is not null) { sql.Add(" AND d.org = ").Value(scope.Organization); }
        return session => session.Rows(sql.ToString(), sql.Values, Body).FirstOrDefault();
    }

    public Func<Session, T?> First(Expression<Func<T, bool>> filter, Sort<T>? sort)
    {
        var sql = Select("d.body", filter).Add(" ORDER BY ").Add(new Order(scope.Table, sort?.Keys).ToString()).Add(" LIMIT 1");
        return session => session.Rows(sql.ToString(), sql.Values, Body).FirstOrDefault();
    }

    public Func<Session, long> Count(Expression<Func<T, bool>> filter)
    {
        var sql = Select("count(*)", filter);
        return session => session.Rows(sql.ToString(), sql.Values, row => row.Long(0))[0];
    }

    public Func<Session, Page<T>> Find(Query<T> query)
    {
        if (query.Limit is < 1 or > 1000) { throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "a page holds 1 to 1,000 records"); }
        var order = new Order(scope.Table, query.Sort?.Keys);
        var (sql, hash) = PageSql(query, order);
        return session =>
        {
            IReadOnlyList<object?>? last = null;
            var at = 0;
            var items = session.Rows(sql.ToString(), sql.Values, row =>
            {
                if (++at == query.Limit) { last = Keys(row, order.Count); }
                return at <= query.Limit ? Body(row) : null;
            });
            if (items.Count <= query.Limit) { return new Page<T>(items!, null); }
            items.RemoveAt(items.Count - 1);
            return new Page<T>(items!, Cursor.Write(hash(), last!));
        };
    }

    public Func<Session, IReadOnlyList<Group>> Group(GroupQuery<T> query)
    {
        var groups = new GroupTranslator(scope.Table, query.Keys, query.Values);
        var sql = new SqlText().Add($"SELECT {groups.Columns} FROM {scope.From} WHERE ");
        scope.AppendConditions(sql, query.Filter);
        sql.Add(groups.Tail).Add(" LIMIT ").Literal(MostGroups + 1);
        return session =>
        {
            var rows = session.Rows(sql.ToString(), sql.Values, groups.Read);
            return rows.Count <= MostGroups ? rows : throw new InvalidOperationException($"more than {MostGroups} groups: use fewer keys or a wider bucket");
        };
    }

    // What the query is known by is worked out only where a page before or after it is spoken of.
    private (SqlText Sql, Func<byte[]> Hash) PageSql(Query<T> query, Order order)
    {
        var conditions = new SqlText();
        scope.AppendConditions(conditions, query.Filter);
        byte[] Hash() => Cursor.HashOf($"{scope.Table.Name} {order}", conditions);
        var sql = new SqlText().Add($"SELECT d.body, {order.Columns} FROM {scope.From} WHERE ").Add(conditions.ToString());
        sql.Values.AddRange(conditions.Values);
        if (query.Cursor is not null) { order.AppendAfter(sql.Add(" AND "), Cursor.Read(query.Cursor, Hash(), order.Count)); }
        return (sql.Add(" ORDER BY ").Add(order.ToString()).Add(" LIMIT ").Value((long)query.Limit + 1), Hash);
    }

    private SqlText Select(string what, LambdaExpression? filter)
    {
        var sql = new SqlText().Add($"SELECT {what} FROM {scope.From} WHERE ");
        scope.AppendConditions(sql, filter);
        return sql;
    }

    private static object?[] Keys(Statement row, int count) => [.. Enumerable.Range(1, count).Select(row.Any)];

    private static T Body(Statement row) => StoredJson.Read<T>(row.Bytes(0));
}
