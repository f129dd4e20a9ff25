using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>Checks that every key column says what the body says, whatever was written: indexes are made of the columns, records of the body.</summary>
internal static class KeyColumns
{
    /// <summary>Fails where a column and a body differ.</summary>
    public static async Task AgreeAsync(SqliteDocumentStore store)
    {
        foreach (var table in store.Tables)
        {
            foreach (var key in table.Keys)
            {
                var wrong = await store.Database.ReadAsync(s => s.Rows($"SELECT id FROM {table.Sql} WHERE {key.Name} IS NOT {key.From("body")}", [], r => r.Text(0)!), CancellationToken.None);
                wrong.ShouldBeEmpty($"{table.Name}.{key.RawName} differs from the body");
            }
        }
    }
}

public sealed class KeyColumnTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-keys-").FullName;
    private readonly string _organization = Ids.New();
    private SqliteDocumentStore _store;

    public KeyColumnTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_store_of_before_there_were_key_columns_is_filled_at_start()
    {
        var made = await Things.InsertAsync(A("old"), CancellationToken.None);
        await MakeOldAsync();
        _store.Dispose();
        _store = Open();
        (await Things.FirstAsync(t => t.Name == "old")).ShouldNotBeNull().Id.ShouldBe(made.Id);
        await KeyColumns.AgreeAsync(_store);
        (await Columns()).ShouldContain("k.name");
    }

    [Fact]
    public async Task A_key_that_no_index_needs_any_more_loses_its_column()
    {
        await Things.InsertAsync(A("x"), CancellationToken.None);
        _store.Dispose();
        _store = SqliteDocumentStore.Open(_folder, [new Collection<Thing>(Records.Things.Name).Index("by_number", Sort<Thing>.By(t => t.Number))]);
        (await Columns()).Where(c => c.StartsWith("k.", StringComparison.Ordinal)).ShouldBe(["k.number"]);
        (await Things.FirstAsync(t => t.Name == "x")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_replacement_writes_only_the_indexes_whose_keys_changed()
    {
        var thing = await Things.InsertAsync(A("same"), CancellationToken.None);
        var all = await PagesOfAsync(() => Things.TryReplaceAsync(thing with { Name = "other", Number = 7, Note = "1" }, CancellationToken.None));
        var again = (await Things.GetAsync(thing.Id, CancellationToken.None))!;
        var none = await PagesOfAsync(() => Things.TryReplaceAsync(again with { Note = "2" }, CancellationToken.None));
        none.ShouldBeLessThan(all, "a replacement that changes no key must not touch an index");
        (await Things.FirstAsync(t => t.Name == "other")).ShouldNotBeNull().Note.ShouldBe("2");
    }

    private IDocuments<Thing> Things => _store.For<Thing>(Caller.System(_organization));

    private Thing A(string name) => new() { OrganizationId = _organization, Name = name };

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(_folder, Records.All);

    // How many pages of the log a write takes.
    private async Task<long> PagesOfAsync(Func<Task> write)
    {
        var log = Path.Combine(_folder, "platform.db-wal");
        var before = new FileInfo(log).Length;
        await write();
        return new FileInfo(log).Length - before;
    }

    private Task<List<string>> Columns() => _store.Database.ReadAsync(s => s.Rows("SELECT name FROM pragma_table_info(?)", [Records.Things.Name], r => r.Text(0)!), CancellationToken.None);

    // As the tables were before: no columns, and indexes on expressions.
    private async Task MakeOldAsync()
    {
        var columns = (await Columns()).Where(c => c.StartsWith("k.", StringComparison.Ordinal)).ToList();
        var indexes = await _store.Database.ReadAsync(s => s.Rows("SELECT name FROM _indexes WHERE collection = ?", [Records.Things.Name], r => r.Text(0)!), CancellationToken.None);
        await _store.Database.WriteAsync(s =>
        {
            foreach (var index in indexes) { s.Run($"DROP INDEX \"{index}\""); s.Run("UPDATE _indexes SET hash = 'old' WHERE name = ?", [index]); }
            foreach (var column in columns) { s.Run($"ALTER TABLE {Records.Things.Name} DROP COLUMN \"{column}\""); }
            return s.Run($"CREATE INDEX \"{indexes[0]}\" ON {Records.Things.Name} (org, json_extract(body,'$.name'), id)");
        }, true, CancellationToken.None);
    }
}
