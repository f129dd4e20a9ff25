using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>Backup and restore where the records are on a server: through one file, verified.</summary>
public sealed class ArchiveTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-archive-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, "saved.platform");

    private string Media => Path.Combine(_folder, "media");

    [Fact]
    public async Task A_backup_of_the_server_comes_back_in_an_empty_database_record_by_record()
    {
        var (there, back) = (TestMongo.Open(Records.All), TestMongo.Open(Records.All));
        var things = await FillAsync(there, 1203);
        var (organization, id) = (Ids.New(), Ids.New());
        await WriteMediaAsync(Media, organization, id, new byte[100_000]);
        await WriteMediaAsync(Media, organization, Ids.New() + ".part", [1]);
        var saved = await Archived(new MongoCopyEnd(there), Media).WriteAsync(File, Now, None);
        (saved.Collections["test_things"].Count, saved.Media.Count).ShouldBe((1203, 1));
        var elsewhere = Path.Combine(_folder, "elsewhere");
        await Archived(new MongoCopyEnd(back), elsewhere).RestoreAsync(File, None);
        foreach (var thing in things.Take(20).Append(things[^1])) { (await back.ForPlatform<Thing>(Caller.Platform).GetAsync(thing.Id, None)).ShouldMatch(thing); }
        (await System.IO.File.ReadAllBytesAsync(Path.Combine(elsewhere, organization, id))).Length.ShouldBe(100_000);
        // What is there already is never mixed with what comes.
        (await Should.ThrowAsync<InvalidDataException>(() => Archived(new MongoCopyEnd(back), elsewhere).RestoreAsync(File, None))).Message.ShouldContain("Storage:MongoDatabase");
        await TestMongo.DropAsync(there);
        await TestMongo.DropAsync(back);
    }

    [Fact]
    public async Task A_file_that_lost_or_changed_a_byte_is_refused_before_anything_is_written()
    {
        await using (var there = SqliteDocumentStore.Open(Path.Combine(_folder, "there"), Records.All))
        {
            await FillAsync(there, 700);
            await Archived(new SqliteCopyEnd(there), Media).WriteAsync(File, Now, None);
        }
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        await using var back = SqliteDocumentStore.Open(Path.Combine(_folder, "back"), Records.All);
        foreach (var bytes in new[] { whole[..(whole.Length * 3 / 4)], whole[..(whole.Length / 2)], Flipped(whole, whole.Length / 3), "not a backup, but long enough to be looked at"u8.ToArray() })
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes);
            await Should.ThrowAsync<InvalidDataException>(() => Archived(new SqliteCopyEnd(back), Media).RestoreAsync(File, None));
            (await back.ForPlatform<Thing>(Caller.Platform).CountAsync(t => true, None)).ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_file_of_another_version_of_the_app_is_refused_by_the_name_of_what_is_unknown()
    {
        await using var there = SqliteDocumentStore.Open(Path.Combine(_folder, "there"), Records.All);
        await FillAsync(there, 3);
        await Archived(new SqliteCopyEnd(there), Media).WriteAsync(File, Now, None);
        await using var back = SqliteDocumentStore.Open(Path.Combine(_folder, "back"), []);
        (await Should.ThrowAsync<InvalidDataException>(() => new Archive(new SqliteCopyEnd(back), [], Media).RestoreAsync(File, None))).Message.ShouldContain("test_things");
    }

    [Fact]
    public async Task Commands_say_what_they_did_and_what_is_wrong()
    {
        await using var store = SqliteDocumentStore.Open(Path.Combine(_folder, "there"), Records.All);
        await FillAsync(store, 3);
        var (backup, restore, output) = (new ArchiveBackupCommand(() => Archived(new SqliteCopyEnd(store), Media), TimeProvider.System), new ArchiveRestoreCommand(() => Archived(new SqliteCopyEnd(store), Media)), new Lines());
        (await backup.RunAsync([], output, None)).ShouldBe(2);
        (await restore.RunAsync([File], output, None)).ShouldBe(1);
        output.All[^1].ShouldContain("There is no file");
        (await backup.RunAsync([File], output, None)).ShouldBe(0);
        output.All[^1].ShouldStartWith("Saved 3 records and 0 media files");
        (await backup.RunAsync([File], output, None)).ShouldBe(1);
        output.All[^1].ShouldContain("exists already");
        (await restore.RunAsync([File], output, None)).ShouldBe(1);
        output.All[^1].ShouldContain("holds records already");
    }

    private static Archive Archived(ICopyEnd end, string media) => new(end, [.. Records.All], media);

    private static byte[] Flipped(byte[] whole, int at) { var copy = whole.ToArray(); copy[at] ^= 0x40; return copy; }

    private static async Task WriteMediaAsync(string folder, string organization, string id, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(folder, organization));
        await System.IO.File.WriteAllBytesAsync(Path.Combine(folder, organization, id), bytes);
    }

    private static async Task<List<Thing>> FillAsync(IDocumentStore store, int count)
    {
        var organization = Ids.New();
        var things = store.ForPlatform<Thing>(Caller.Platform);
        List<Thing> made = [.. Enumerable.Range(0, count).Select(n => new Thing
        {
            OrganizationId = organization, Version = 1, Name = $"n{n} 🎈\n", Number = n, Score = n / 7.0, Price = n * 0.10m, At = DateTimeOffset.UnixEpoch.AddTicks(n * 12_345_678_901L), Tags = ["a", $"{n}"],
            Length = TimeSpan.FromTicks(n), Place = n % 2 == 0 ? null : new Place("p", null), Parts = [new Part("x", n, [])], ByName = new Dictionary<string, Part> { ["a.b"] = new("$d", 1, []), [""] = new("%", 3, []) },
        })];
        await things.InsertManyAsync(made, None);
        // One of another version than 1: versions must come along.
        var last = made[^1].Id;
        made[^1] = (await things.UpdateOneAsync(t => t.Id == last, new Update<Thing>().Increment(t => t.Total)))!;
        return made;
    }

    private sealed class Lines : ICommandOutput
    {
        public List<string> All { get; } = [];
        public void Say(string line) => All.Add(line);
        public void Complain(string line) => All.Add(line);
    }
}
