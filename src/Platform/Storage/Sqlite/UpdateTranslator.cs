using System.Globalization;
using System.Text;

namespace Platform.Storage.Sqlite;

/// <summary>Turns an <see cref="Update{T}"/> into the <c>SET</c> list of a statement: the JSON is changed inside SQLite, never read and written back.</summary>
internal static class UpdateTranslator
{
    public static void Append(Table table, IReadOnlyList<Change> changes, SqlText sql)
    {
        var members = Check(table, changes);
        var plain = changes.Zip(members).Where(c => IsPlain(c.First, c.Second)).ToList();
        var worked = table.Keys.Where(k => members.Any(m => Overlap(m.Path, k.Path)) && !plain.Any(c => c.Second.Path == k.Path)).ToList();
        sql.Add("version = version + 1");
        foreach (var (change, member) in plain) { AppendKey(change, member, sql); }
        if (worked.Count == 0) { AppendBody(changes, members, sql.Add(", body = ")); return; }
        // Keys inside what is set as a whole are read out of the new body.
        sql.Add($", (body, {string.Join(", ", worked.Select(k => k.Name))}) = (SELECT n.body, {string.Join(", ", worked.Select(k => k.From("n.body")))} FROM (SELECT ");
        AppendBody(changes, members, sql);
        sql.Add(" AS body LIMIT 1) AS n)");
    }

    private static List<SqlMember> Check(Table table, IReadOnlyList<Change> changes)
    {
        var members = new List<SqlMember>();
        foreach (var change in changes)
        {
            var member = Members.Of(table, change.Member);
            if (member.Json is null) { throw new NotSupportedException($"an update cannot change {member.Path[2..]}"); }
            if (members.Any(m => Overlap(m.Path, member.Path))) { throw new NotSupportedException($"an update changes '{member.Path}' twice; make two updates, or one value"); }
            members.Add(member);
        }
        return members;
    }

    // Whether the key's new value is known without the new body. Real numbers are not: SQLite and JSON may spell them differently.
    private static bool IsPlain(Change change, SqlMember member) => member is { Column: not null, InsideOptional: false } && change.Kind switch
    {
        UpdateKind.Set => change.Value is null or string or bool or DateTimeOffset or TimeSpan or Enum or int or long,
        UpdateKind.Increment => true,
        _ => false,
    };

    private static void AppendKey(Change change, SqlMember member, SqlText sql)
    {
        sql.Add($", {member.Column![2..]} = ");
        if (change.Kind is UpdateKind.Set) { sql.Value(StoredJson.ToColumn(Typed(change.Value, member))); } else { AppendValue(change, member, sql); }
    }

    // An enum may come as its number where the member's type is boxed.
    private static object? Typed(object? value, SqlMember member) => value is not null && member.Core.IsEnum ? Enum.ToObject(member.Core, value) : value;

    private static void AppendBody(IReadOnlyList<Change> changes, List<SqlMember> members, SqlText sql)
    {
        sql.Add("json_set(d.body, '$.version', d.version + 1");
        foreach (var (change, member) in changes.Zip(members))
        {
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
