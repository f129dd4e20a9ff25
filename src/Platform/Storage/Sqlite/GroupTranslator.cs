using System.Linq.Expressions;

namespace Platform.Storage.Sqlite;

/// <summary>Turns keys and aggregates of a <see cref="GroupQuery{T}"/> into columns, and rows back into groups.</summary>
internal sealed class GroupTranslator
{
    private readonly List<string> _keys;
    private readonly List<(string Name, string Sql)> _values;

    public GroupTranslator(Table table, IReadOnlyList<(LambdaExpression Member, DateBucket? Bucket)> keys, IReadOnlyList<(string Name, string Function, LambdaExpression Member)> values)
    {
        if (keys.Count > 2) { throw new NotSupportedException("records are grouped by at most two keys"); }
        _keys = [.. keys.Select(k => Key(Members.Of(table, k.Member), k.Bucket))];
        _values = [.. values.Select(v => (v.Name, $"{v.Function}({Number(Members.Of(table, v.Member))})"))];
    }

    public string Columns => string.Join(", ", _keys.Append("count(*)").Concat(_values.Select(v => v.Sql)));

    public string Tail => _keys.Count == 0 ? "" : $" GROUP BY {Positions} ORDER BY {Positions}";

    public Group Read(Statement row)
    {
        var keys = Enumerable.Range(0, _keys.Count).Select(row.Text).ToList();
        var values = _values.Select((v, at) => (v.Name, Value: row.Number(_keys.Count + 1 + at))).ToDictionary(v => v.Name, v => v.Value);
        return new Group(keys, row.Long(_keys.Count), values);
    }

    private string Positions => string.Join(", ", Enumerable.Range(1, _keys.Count));

    private static string Key(SqlMember member, DateBucket? bucket) => bucket switch
    {
        DateBucket.Hour => $"substr({member.Sql},1,13)||':00:00Z'",
        DateBucket.Day => $"substr({member.Sql},1,10)||'T00:00:00Z'",
        DateBucket.Month => $"substr({member.Sql},1,7)||'-01T00:00:00Z'",
        _ when !member.IsScalar => throw new NotSupportedException($"records cannot be grouped by '{member.Path}'"),
        _ when member.Core == typeof(bool) => $"CASE {member.Sql} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END",
        _ => $"CAST({member.Sql} AS TEXT)",
    };

    private static string Number(SqlMember member) => Type.GetTypeCode(member.Core) is >= TypeCode.SByte and <= TypeCode.Decimal && !member.Core.IsEnum
        ? member.Sql
        : throw new NotSupportedException($"'{member.Path}' is no number");
}
