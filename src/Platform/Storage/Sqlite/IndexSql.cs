namespace Platform.Storage.Sqlite;

/// <summary>The statements that make a declared index.</summary>
internal static class IndexSql
{
    public static IEnumerable<(string Name, string Sql)> Of(Table table, IndexDefinition index)
    {
        if (!index.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) { throw new InvalidOperationException($"'{index.Name}' is no name for an index of {table.Name}"); }
        var name = $"{table.Name}.{index.Name}";
        var keys = index.Members.Select(k => (Member: Members.Of(table, k.Member, ""), k.Descending)).ToList();
        if (keys.FirstOrDefault(k => !k.Member.IsScalar).Member is { Path: { } path }) { throw new NotSupportedException($"index {name} cannot be over '{path}': it is no single value"); }
        var owner = table.IsOwned && !index.AcrossOrganizations && keys[0].Member.Path != "org" ? "org, " : "";
        var columns = owner + string.Join(", ", keys.Select(k => k.Member.Sql + (k.Descending ? " DESC" : "")));
        var condition = Condition(table, index);
        if (!index.Unique || keys.Count > 1 && keys.Any(k => k.Member.Optional))
        {
            yield return (name + (index.Unique ? ".find" : ""), $"CREATE INDEX \"{name}{(index.Unique ? ".find" : "")}\" ON {table.Sql} ({columns}, id{(keys[^1].Descending ? " DESC" : "")}){Where(condition)}");
        }
        if (!index.Unique) { yield break; }
        if (keys.Count == 1 || !keys.Any(k => k.Member.Optional))
        {
            // The last term follows from the one before and decides nothing; it is there because SQLite names a broken index only where it holds an expression.
            yield return (name, $"CREATE UNIQUE INDEX \"{name}\" ON {table.Sql} ({columns}, ({keys[^1].Member.Sql} IS NULL)){Where(condition)}");
            yield break;
        }
        // To SQLite two NULLs differ; to us records agree where the same members are missing, and do not count where all are.
        var exact = owner + string.Join(", ", keys.Select(k => k.Member.Optional ? $"ifnull({k.Member.Sql}, x'00')" : k.Member.Sql));
        var any = keys.Exists(k => !k.Member.Optional) ? null : $"({string.Join(" OR ", keys.Select(k => $"{k.Member.Sql} IS NOT NULL"))})";
        yield return (name, $"CREATE UNIQUE INDEX \"{name}\" ON {table.Sql} ({exact}){Where(any is null ? condition : condition is null ? any : $"{any} AND {condition}")}");
    }

    private static string? Condition(Table table, IndexDefinition index)
    {
        if (index.Filter is null) { return null; }
        var sql = new SqlText { LiteralsOnly = true };
        FilterTranslator.Append(table, index.Filter, sql, "");
        return sql.ToString();
    }

    private static string Where(string? condition) => condition is null ? "" : $" WHERE {condition}";
}
