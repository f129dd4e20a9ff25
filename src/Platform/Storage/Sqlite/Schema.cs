using System.Security.Cryptography;
using System.Text;

namespace Platform.Storage.Sqlite;

/// <summary>Brings tables and indexes to what the collections declare. An index is made anew where its definition changed, and dropped where it is declared no more.</summary>
internal static class Schema
{
    public static bool Ensure(Session session, IReadOnlyList<Table> tables)
    {
        session.Run("CREATE TABLE IF NOT EXISTS _indexes (name TEXT PRIMARY KEY, collection TEXT NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID");
        session.Run("CREATE TABLE IF NOT EXISTS _migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID");
        session.Run("CREATE TABLE IF NOT EXISTS _health (id INTEGER PRIMARY KEY, at TEXT NOT NULL)");
        foreach (var table in tables)
        {
            session.Run($"CREATE TABLE IF NOT EXISTS {table.Sql} (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, org TEXT, body TEXT NOT NULL)");
            var wanted = table.Collection.Indexes.SelectMany(i => IndexSql.Of(table, i)).ToDictionary(i => i.Name, i => i.Sql);
            DropIndexes(session, table, wanted);
            EnsureKeys(session, table);
            MakeIndexes(session, table, wanted);
        }
        return true;
    }

    // A key column that no index needs any more is dropped, not left behind: nobody would keep it true.
    private static void EnsureKeys(Session session, Table table)
    {
        var present = session.Rows("SELECT name FROM pragma_table_info(?)", [table.Name], row => row.Text(0)!).Where(name => name.StartsWith(KeyColumn.Prefix, StringComparison.Ordinal)).ToList();
        foreach (var name in present.Except(table.Keys.Select(k => k.RawName))) { session.Run($"ALTER TABLE {table.Sql} DROP COLUMN \"{name}\""); }
        var missing = table.Keys.Where(k => !present.Contains(k.RawName)).ToList();
        if (missing.Count == 0) { return; }
        foreach (var key in missing) { session.Run($"ALTER TABLE {table.Sql} ADD COLUMN {key.Name}"); }
        session.Run($"UPDATE {table.Sql} SET {string.Join(", ", missing.Select(k => $"{k.Name} = {k.From("body")}"))}");
    }

    // What is left in wanted has to be made.
    private static void DropIndexes(Session session, Table table, Dictionary<string, string> wanted)
    {
        var present = session.Rows("SELECT name, hash FROM _indexes WHERE collection = ?", [table.Name], row => (Name: row.Text(0)!, Hash: row.Text(1)!));
        foreach (var (name, hash) in present)
        {
            if (wanted.TryGetValue(name, out var sql) && Hash(sql) == hash) { wanted.Remove(name); continue; }
            session.Run($"DROP INDEX IF EXISTS \"{name}\"");
            session.Run("DELETE FROM _indexes WHERE name = ?", [name]);
        }
    }

    private static void MakeIndexes(Session session, Table table, Dictionary<string, string> wanted)
    {
        foreach (var (name, sql) in wanted)
        {
            session.Run(sql);
            session.Run("INSERT INTO _indexes (name, collection, hash) VALUES (?, ?, ?)", [name, table.Name, Hash(sql)]);
        }
    }

    private static string Hash(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
}
