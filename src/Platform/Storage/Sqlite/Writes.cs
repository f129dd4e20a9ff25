using System.Linq.Expressions;

namespace Platform.Storage.Sqlite;

/// <summary>The writes of one scope as work for the <see cref="Writer"/>. Everything that can be refused is refused when the work is made, on the caller's thread.</summary>
/// <typeparam name="T">The record.</typeparam>
internal sealed class Writes<T>(Scope scope) where T : Document
{
    public Func<Session, T> Insert(T document)
    {
        scope.Demand(document);
        var stored = document with { Version = 1 };
        object?[] values = [stored.Id, Table.OwnerOf(stored), StoredJson.Write(stored)];
        var sql = scope.Table.Insert;
        return session => { session.Run(sql, values); return stored; };
    }

    public Func<Session, T?> Replace(T document)
    {
        DemandChangeable();
        scope.Demand(document);
        var stored = document with { Version = document.Version + 1 };
        object?[] values = [StoredJson.Write(stored), stored.Version, Table.OwnerOf(stored), document.Id, document.Version, scope.Organization];
        return session => scope.Table.Replacing.Run(session, values) ? stored : null;
    }

    public Func<Session, bool> Delete(string id)
    {
        DemandChangeable();
        var sql = new SqlText().Add($"DELETE FROM {scope.From} WHERE d.id = ").Value(id);
        if (scope.Organization is not null) { sql.Add(" AND d.org = ").Value(scope.Organization); }
        return session => session.Run(sql.ToString(), sql.Values) == 1;
    }

    public Func<Session, long> DeleteMany(Expression<Func<T, bool>> filter)
    {
        DemandChangeable();
        var sql = new SqlText().Add($"DELETE FROM {scope.From} WHERE ");
        scope.AppendConditions(sql, filter);
        return session => session.Run(sql.ToString(), sql.Values);
    }

    public Func<Session, long> UpdateMany(Expression<Func<T, bool>> filter, Update<T> update)
    {
        DemandChangeable();
        var sql = new SqlText().Add($"UPDATE {scope.From} SET ");
        UpdateTranslator.Append(scope.Table, update.Changes, sql);
        sql.Add(" WHERE ");
        scope.AppendConditions(sql, filter);
        return session => session.Run(sql.ToString(), sql.Values);
    }

    /// <summary>Finds first, then changes each by id: the thread is the only writer, so nothing comes between, and the order is kept.</summary>
    public Func<Session, IReadOnlyList<T>> Claim(Expression<Func<T, bool>> filter, Sort<T>? sort, int limit, Update<T> update)
    {
        DemandChangeable();
        var find = new SqlText().Add($"SELECT d.id FROM {scope.From} WHERE ");
        scope.AppendConditions(find, filter);
        find.Add(" ORDER BY ").Add(new Order(scope.Table, sort?.Keys).ToString()).Add(" LIMIT ").Value((long)limit);
        var change = new SqlText().Add($"UPDATE {scope.From} SET ");
        UpdateTranslator.Append(scope.Table, update.Changes, change);
        change.Add(" WHERE id = ").Value("");
        var (findSql, changeSql) = (find.ToString(), change + " RETURNING body");
        return session =>
        {
            var ids = session.Rows(findSql, find.Values, row => row.Text(0));
            var changed = new List<T>(ids.Count);
            foreach (var id in ids)
            {
                change.Values[^1] = id;
                changed.AddRange(session.Rows(changeSql, change.Values, row => StoredJson.Read<T>(row.Bytes(0))));
            }
            return changed;
        };
    }

    private void DemandChangeable()
    {
        if (scope.Table.Collection.IsAppendOnly) { throw new InvalidOperationException($"records of {scope.Table.Name} are only added, never changed or deleted"); }
    }
}
