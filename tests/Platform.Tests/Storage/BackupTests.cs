using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

public sealed class BackupTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Live => Path.Combine(_folder, "live");

    private string File => Path.Combine(_folder, "saved.db");

    [Fact]
    public async Task A_backup_of_a_running_store_holds_one_moment_and_can_be_restored()
    {
        using (var store = SqliteDocumentStore.Open(Live, Records.All))
        {
            var settings = store.ForPlatform<Setting>(Caller.Platform);
            await settings.InsertAsync(new Setting { Key = "kept", Value = 1 }, CancellationToken.None);
            Backup.Write(Live, File).ShouldBeGreaterThan(0);
            await settings.InsertAsync(new Setting { Key = "later", Value = 2 }, CancellationToken.None);
        }
        Backup.Restore(Live, File, DateTimeOffset.UnixEpoch).ShouldNotBeNull().ShouldEndWith(".before-restore-19700101T000000Z");
        (await KeysAsync(Live)).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task A_backup_while_writers_write_is_whole()
    {
        using var store = SqliteDocumentStore.Open(Live, Records.All);
        var settings = store.ForPlatform<Setting>(Caller.Platform);
        using var stop = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++) { await settings.InsertManyAsync([new Setting { Key = $"{worker}-{n}-a" }, new Setting { Key = $"{worker}-{n}-b" }], CancellationToken.None); }
        })));
        await TestKit.Eventually.TrueAsync(async () => await settings.CountAsync(s => true, CancellationToken.None) > 50, "some records");
        Backup.Write(Live, File);
        await stop.CancelAsync();
        await writing;
        Backup.Restore(Path.Combine(_folder, "other"), File, DateTimeOffset.UnixEpoch).ShouldBeNull();
        var keys = await KeysAsync(Path.Combine(_folder, "other"));
        keys.Count.ShouldBeGreaterThan(50);
        keys.Count(k => k.EndsWith('a')).ShouldBe(keys.Count(k => k.EndsWith('b')));
    }

    [Fact]
    public async Task Commands_say_what_to_do()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new StorageOptions { DataDirectory = Live });
        var (backup, restore, output) = (new BackupCommand(options), new RestoreCommand(options, TimeProvider.System), new Lines());
        (await backup.RunAsync([], output, CancellationToken.None)).ShouldBe(2);
        (await backup.RunAsync([File], output, CancellationToken.None)).ShouldBe(1);
        output.All[^1].ShouldContain("There is no store");
        using (var store = SqliteDocumentStore.Open(Live, Records.All))
        {
            (await backup.RunAsync([File], output, CancellationToken.None)).ShouldBe(0);
            (await backup.RunAsync([File], output, CancellationToken.None)).ShouldBe(1);
            output.All[^1].ShouldContain("exists already");
            (await restore.RunAsync([File], output, CancellationToken.None)).ShouldBe(1);
            output.All[^1].ShouldContain("Another process uses the data folder");
        }
        (await restore.RunAsync([File], output, CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_is_no_backup_is_refused_and_the_store_kept()
    {
        using (var store = SqliteDocumentStore.Open(Live, Records.All)) { await store.ForPlatform<Setting>(Caller.Platform).InsertAsync(new Setting { Key = "kept" }, CancellationToken.None); }
        await System.IO.File.WriteAllTextAsync(File, "not a database, and long enough to be looked at as one. ".PadRight(4096, 'x'));
        Should.Throw<InvalidDataException>(() => Backup.Restore(Live, File, DateTimeOffset.UnixEpoch));
        (await KeysAsync(Live)).ShouldBe(["kept"]);
    }

    private static async Task<List<string>> KeysAsync(string folder)
    {
        using var store = SqliteDocumentStore.Open(folder, Records.All);
        var keys = new List<string>();
        await foreach (var setting in store.ForPlatform<Setting>(Caller.Platform).StreamAsync(new Query<Setting>(), CancellationToken.None)) { keys.Add(setting.Key); }
        return keys;
    }

    private sealed class Lines : ICommandOutput
    {
        public List<string> All { get; } = [];
        public void Say(string line) => All.Add(line);
        public void Complain(string line) => All.Add(line);
    }
}
