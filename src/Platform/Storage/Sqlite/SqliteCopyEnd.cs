using System.Text.Json;

namespace Platform.Storage.Sqlite;

/// <inheritdoc />
internal sealed class SqliteCopyEnd(SqliteDocumentStore store) : ICopyEnd
{
    public Task<IReadOnlyList<Document>> ReadAsync(ICollection collection, string? after, int most, CancellationToken cancellationToken) =>
        store.Database.ReadAsync<IReadOnlyList<Document>>(session => session.Rows($"SELECT body FROM {new Table(collection).Sql} WHERE id > ? ORDER BY id LIMIT ?", [after ?? "", (long)most],
            row => (Document)(JsonSerializer.Deserialize(row.Bytes(0), collection.Type, StoredJson.Options) ?? throw new JsonException("a stored record is null"))), cancellationToken);

    public Task WriteAsync(ICollection collection, IReadOnlyList<Document> records, CancellationToken cancellationToken)
    {
        var sql = $"INSERT INTO {new Table(collection).Sql} (id, version, org, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version, org = excluded.org, body = excluded.body";
        var rows = records.Select(r => (object?[])[r.Id, r.Version, Table.OwnerOf(r), StoredJson.Write(r, collection.Type)]).ToList();
        return store.Database.WriteAsync(session => { rows.ForEach(row => session.Run(sql, row)); return rows.Count; }, true, cancellationToken);
    }

    public Task<string?> LastIdAsync(ICollection collection, CancellationToken cancellationToken) =>
        store.Database.ReadAsync(session => session.Rows($"SELECT max(id) FROM {new Table(collection).Sql}", [], row => row.Text(0))[0], cancellationToken);

    public Task<IReadOnlyList<(string Name, string At)>> MigrationsAsync(CancellationToken cancellationToken) =>
        store.Database.ReadAsync<IReadOnlyList<(string, string)>>(session => session.Rows("SELECT name, at FROM _migrations", [], row => (row.Text(0)!, row.Text(1)!)), cancellationToken);

    public Task MarkAsync(IReadOnlyList<(string Name, string At)> migrations, CancellationToken cancellationToken) => store.Database.WriteAsync(session =>
    {
        foreach (var (name, at) in migrations) { session.Run("INSERT INTO _migrations (name, at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", [name, at]); }
        return migrations.Count;
    }, true, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
