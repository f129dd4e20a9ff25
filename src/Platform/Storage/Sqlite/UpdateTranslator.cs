using System.Globalization;
using System.Text;

namespace Platform.Storage.Sqlite;

/// <summary>Turns an <see cref="Update{T}"/> into the <c>SET</c> list of a statement: the JSON is changed inside SQLite, never read and written back.</summary>
internal static class UpdateTranslator
{
    public static void Append(Table table, IReadOnlyList<Change> changes, SqlText sql)
    {
        var paths = new List<string>();
        sql.Add("version = version + 1, body = json_set(d.body, '$.version', d.version + 1");
        foreach (var change in changes)
        {
            var member = Members.Of(table, change.Member);
            if (member.Json is null) { throw new NotSupportedException($"an update cannot change {member.Path[2..]}"); }
            if (paths.Any(p => Overlap(p, member.Path))) { throw new NotSupportedException($"an update changes '{member.Path}' twice; make two updates, or one value"); }
            paths.Add(member.Path);
            sql.Add($", '{member.Path}', ");
            AppendValue(change, member, sql);
        }
        sql.Add(")");
    }

    private static void AppendValue(Change change, SqlMember member, SqlText sql)
    {
        switch (change.Kind)
        {
            case UpdateKind.Set: sql.Add("json(").Value(Json(change.Value, member.Type)).Add(")"); break;
            case UpdateKind.Increment: sql.Add($"coalesce({member.Sql}, 0) + ").Value(Convert.ToInt64(change.Value, CultureInfo.InvariantCulture)); break;
            case UpdateKind.Push:
                var item = Json(change.Value, member.Element);
                sql.Add($"json(CASE json_type({member.Json}, '{member.Path}') WHEN 'array' THEN json_insert({member.Sql}, '$[#]', json(").Value(item).Add(")) ELSE json_array(json(").Value(item).Add(")) END)");
                break;
            case UpdateKind.Pull:
                sql.Add($"json(CASE json_type({member.Json}, '{member.Path}') WHEN 'array' THEN (SELECT json_group_array(CASE e.type WHEN 'true' THEN json('true') WHEN 'false' THEN json('false') ELSE e.value END) FROM json_each({member.Json}, '{member.Path}') e WHERE e.value IS NOT ")
                    .Value(StoredJson.ToColumn(change.Value)).Add($") ELSE coalesce({member.Sql}, 'null') END)");
                break;
            default: throw new NotSupportedException($"an update cannot {change.Kind}");
        }
    }

    private static string Json(object? value, Type type) => Encoding.UTF8.GetString(StoredJson.Write(value, type));

    private static bool Overlap(string one, string other) =>
        one == other || one.StartsWith(other + ".", StringComparison.Ordinal) || other.StartsWith(one + ".", StringComparison.Ordinal);
}
