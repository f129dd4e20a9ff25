using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>What happens when the disk, the file or the process fails.</summary>
public sealed class SqliteFailureTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-failure-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_data_folder_serves_one_process_at_a_time()
    {
        using (SqliteDocumentStore.Open(_folder, Records.All))
        {
            Should.Throw<StorageUnavailableException>(() => SqliteDocumentStore.Open(_folder, Records.All)).Message.ShouldContain("Platform:DataDirectory");
        }
        using var next = SqliteDocumentStore.Open(_folder, Records.All);
    }

    [Fact]
    public async Task A_full_disk_fails_the_writers_and_nothing_else_and_ends_by_itself()
    {
        using var store = SqliteDocumentStore.Open(_folder, Records.All);
        var settings = store.ForPlatform<Setting>(Caller.Platform);
        await settings.InsertAsync(new Setting { Key = "before" }, None);
        // The file may not grow any more: SQLite answers SQLITE_FULL, as it does on a full disk.
        await LimitPagesAsync(store, await PagesAsync(store));
        var told = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(async () =>
        {
            try { await settings.InsertAsync(new Setting { Key = new string('x', 100_000) + n }, None); return true; }
            catch (StorageUnavailableException) { return false; }
        })));
        told.ShouldContain(false);
        // Whoever was told "written" is there, whoever was told "not" is not. A new connection knows no limit: the disk has room again.
        (await settings.FirstAsync(s => s.Key == "before")).ShouldNotBeNull();
        (await settings.CountAsync(s => true, None)).ShouldBe(1 + told.Count(written => written));
        await settings.InsertAsync(new Setting { Key = new string('x', 100_000) }, None);
    }

    [Fact]
    public async Task A_locked_file_fails_writers_in_time_and_they_recover()
    {
        using var store = SqliteDocumentStore.Open(_folder, Records.All);
        var settings = store.ForPlatform<Setting>(Caller.Platform);
        using (var intruder = new Session(SqliteDatabase.FileIn(_folder), writes: true))
        {
            intruder.Run("BEGIN IMMEDIATE");
            (await Should.ThrowAsync<StorageUnavailableException>(() => settings.InsertAsync(new Setting { Key = "a" }, None))).Message.ShouldContain("locked");
            (await settings.CountAsync(s => true, None)).ShouldBe(0);
            var health = await new SqliteHealth(store, TimeProvider.System).CheckAsync(None);
            health.Available.ShouldBeFalse();
            health.Error.ShouldNotBeNull();
            intruder.Run("ROLLBACK");
        }
        await settings.InsertAsync(new Setting { Key = "a" }, None);
        (await new SqliteHealth(store, TimeProvider.System).CheckAsync(None)).Available.ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_writes_what_was_queued_and_refuses_what_comes_later()
    {
        var store = SqliteDocumentStore.Open(_folder, Records.All);
        var settings = store.ForPlatform<Setting>(Caller.Platform);
        var writes = Enumerable.Range(0, 500).Select(n => settings.InsertAsync(new Setting { Key = $"{n}" }, None)).ToList();
        store.Dispose();
        await Task.WhenAll(writes);
        await Should.ThrowAsync<StorageUnavailableException>(() => settings.InsertAsync(new Setting { Key = "late" }, None));
        await Should.ThrowAsync<StorageUnavailableException>(() => settings.CountAsync(s => true, None));
        new FileInfo(SqliteDatabase.FileIn(_folder) + "-wal").Exists.ShouldBeFalse();
        using var again = SqliteDocumentStore.Open(_folder, Records.All);
        (await again.ForPlatform<Setting>(Caller.Platform).CountAsync(s => true, None)).ShouldBe(500);
    }

    [Fact]
    public async Task A_write_that_was_given_up_before_it_began_is_not_done()
    {
        using var store = SqliteDocumentStore.Open(_folder, Records.All);
        using var stop = new CancellationTokenSource();
        using var busy = new ManualResetEventSlim();
        var blocking = store.Database.WriteAsync(_ => { busy.Wait(); return 0; }, false, None);
        var given = store.ForPlatform<Setting>(Caller.Platform).InsertAsync(new Setting { Key = "given up" }, stop.Token);
        await stop.CancelAsync();
        busy.Set();
        await Should.ThrowAsync<OperationCanceledException>(() => given);
        await blocking;
        (await store.ForPlatform<Setting>(Caller.Platform).CountAsync(s => true, None)).ShouldBe(0);
    }

    private static Task<long> PagesAsync(SqliteDocumentStore store) => store.Database.ReadAsync(s => s.Rows("PRAGMA page_count", [], r => r.Long(0))[0], None);

    private static Task<int> LimitPagesAsync(SqliteDocumentStore store, long pages) => store.Database.WriteAsync(s => s.Run($"PRAGMA max_page_count={pages}"), false, None);
}
