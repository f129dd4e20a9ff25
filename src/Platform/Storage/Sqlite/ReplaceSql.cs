using System.Collections.Concurrent;

namespace Platform.Storage.Sqlite;

/// <summary>
/// Replaces a record's body so that only the indexes are written whose keys have changed: the first statement asks which have, the second names those.
/// The parameters of both: the new body, the new version, the owner, the id, the old version, the organization that must be the owner (null for any).
/// </summary>
internal sealed class ReplaceSql(Table table)
{
    private readonly ConcurrentDictionary<ulong, string> _updates = new();
    private readonly Lazy<string> _probe = new(() => Probe(table));

    /// <summary>Writes the new body; false where the record is not there in the old version.</summary>
    public bool Run(Session session, IReadOnlyList<object?> values)
    {
        var changed = session.Rows(_probe.Value, values, row => Mask(row, table.Keys.Count + 1));
        return changed.Count == 1 && session.Run(_updates.GetOrAdd(changed[0], mask => Update(table, mask)), values) == 1;
    }

    private static string Probe(Table table)
    {
        if (table.Keys.Count > 62) { throw new NotSupportedException($"{table.Name} has more than 62 members in its indexes"); }
        var differences = table.Keys.Select(k => $"d.{k.Name} IS NOT {k.From("?1")}").Prepend("d.org IS NOT ?3");
        return $"SELECT {string.Join(", ", differences)} FROM {table.Sql} AS d WHERE d.id = ?4 AND d.version = ?5 AND (?6 IS NULL OR d.org = ?6) AND ?2 > 0";
    }

    private static string Update(Table table, ulong mask)
    {
        var keys = table.Keys.Where((_, at) => (mask & (2UL << at)) != 0).Select(k => $", {k.Name} = {k.From("?1")}");
        return $"UPDATE {table.Sql} SET body = ?1, version = ?2{((mask & 1) != 0 ? ", org = ?3" : "")}{string.Concat(keys)} WHERE id = ?4 AND version = ?5 AND ?3 IS ?3 AND ?6 IS ?6";
    }

    private static ulong Mask(Statement row, int count)
    {
        var mask = 0UL;
        for (var at = 0; at < count; at++) { if (row.Long(at) != 0) { mask |= 1UL << at; } }
        return mask;
    }
}
