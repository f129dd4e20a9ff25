using Platform.Primitives;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>The way from one engine to the other and back, cut off and started again.</summary>
public sealed class CopyTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-copy-").FullName;
    private readonly List<string> _said = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_records_go_there_and_back_with_their_versions()
    {
        var mongo = TestMongo.Open(Records.All);
        await using var there = SqliteDocumentStore.Open(Path.Combine(_folder, "there"), Records.All);
        await using var back = SqliteDocumentStore.Open(Path.Combine(_folder, "back"), Records.All);
        var things = await FillAsync(there, 1203);
        (await CopyAsync(new SqliteCopyEnd(there), new MongoCopyEnd(mongo))).ShouldBeEmpty();
        (await CopyAsync(new MongoCopyEnd(mongo), new SqliteCopyEnd(back))).ShouldBeEmpty();
        _said.ShouldContain(line => line.StartsWith("test_things: 1,203 records, 1,203 copied", StringComparison.Ordinal));
        foreach (var store in new IDocumentStore[] { mongo, back })
        {
            foreach (var thing in things.Take(30).Append(things[^1])) { (await store.ForPlatform<Thing>(Caller.Platform).GetAsync(thing.Id, None)).ShouldMatch(thing); }
        }
        await TestMongo.DropAsync(mongo);
    }

    [Fact]
    public async Task A_copy_that_was_cut_off_goes_on_and_one_that_is_done_does_nothing()
    {
        var mongo = TestMongo.Open(Records.All);
        await using var sqlite = SqliteDocumentStore.Open(_folder, Records.All);
        await FillAsync(sqlite, 1203);
        var target = new MongoCopyEnd(mongo);
        await Should.ThrowAsync<StorageUnavailableException>(() => CopyAsync(new SqliteCopyEnd(sqlite), new Breaking(target, after: 2)));
        (await mongo.ForPlatform<Thing>(Caller.Platform).CountAsync(t => true, None)).ShouldBe(1000);
        (await CopyAsync(new SqliteCopyEnd(sqlite), target)).ShouldBeEmpty();
        _said.ShouldContain(line => line.StartsWith("test_things: 1,203 records, 203 copied", StringComparison.Ordinal));
        _said.Clear();
        (await CopyAsync(new SqliteCopyEnd(sqlite), target)).ShouldBeEmpty();
        _said.ShouldAllBe(line => line.EndsWith("equal already", StringComparison.Ordinal));
        await TestMongo.DropAsync(mongo);
    }

    [Fact]
    public async Task A_change_behind_the_last_id_is_copied_and_a_stranger_in_the_target_is_found()
    {
        var mongo = TestMongo.Open(Records.All);
        await using var sqlite = SqliteDocumentStore.Open(_folder, Records.All);
        var things = await FillAsync(sqlite, 20);
        await CopyAsync(new SqliteCopyEnd(sqlite), new MongoCopyEnd(mongo));
        await sqlite.ForPlatform<Thing>(Caller.Platform).TryReplaceAsync(things[0] with { Name = "changed" }, None);
        (await CopyAsync(new SqliteCopyEnd(sqlite), new MongoCopyEnd(mongo))).ShouldBeEmpty();
        (await mongo.ForPlatform<Thing>(Caller.Platform).GetAsync(things[0].Id, None))!.Name.ShouldBe("changed");
        await mongo.ForPlatform<Setting>(Caller.Platform).InsertAsync(new Setting { Key = "stranger" }, None);
        (await CopyAsync(new SqliteCopyEnd(sqlite), new MongoCopyEnd(mongo))).ShouldBe(["test_settings"]);
        await TestMongo.DropAsync(mongo);
    }

    [Theory]
    [InlineData("Sqlite,Mongo", null, null, "Sqlite>Mongo")]
    [InlineData("", "sqlite", "mongo", "Sqlite>Mongo")]
    [InlineData("Mongo,Sqlite", "--to", null, "Mongo>Sqlite")]
    [InlineData("Mongo,Sqlite", null, "--from", "Sqlite>Mongo")]
    [InlineData("", "sqlite", null, null)]
    [InlineData("Sqlite", null, null, null)]
    [InlineData("Oracle,Mongo", null, null, null)]
    public void The_ends_are_read_however_they_are_written(string arguments, string? from, string? to, string? ends) =>
        (CopyCommand.Ends(arguments.Split(',', StringSplitOptions.RemoveEmptyEntries), from, to) is var (source, target) ? $"{source}>{target}" : null).ShouldBe(ends);

    private Task<IReadOnlyList<string>> CopyAsync(ICopyEnd from, ICopyEnd to) => new DataCopy(from, to, _said.Add).RunAsync(Records.All, None);

    private static async Task<List<Thing>> FillAsync(IDocumentStore store, int count)
    {
        var (made, organization) = (new List<Thing>(), Ids.New());
        var things = store.ForPlatform<Thing>(Caller.Platform);
        for (var n = 0; n < count; n++)
        {
            made.Add(new Thing
            {
                OrganizationId = organization, Version = 1, Name = $"n{n} 🎈", Number = n, Score = n / 7.0, Price = n * 0.10m, At = DateTimeOffset.UnixEpoch.AddTicks(n * 12_345_678_901L), Tags = ["a", $"{n}"],
                Place = n % 2 == 0 ? null : new Place("p", null), Parts = [new Part("x", n, [])], ByName = new Dictionary<string, Part> { ["a.b"] = new("$d", 1, []), ["$d"] = new("", 2, []), [""] = new("%", 3, []) },
            });
        }
        await things.InsertManyAsync(made, None);
        // One of another version than 1: versions must come along.
        var last = made[^1].Id;
        made[^1] = (await things.UpdateOneAsync(t => t.Id == last, new Update<Thing>().Increment(t => t.Total)))!;
        return made;
    }

    private sealed class Breaking(ICopyEnd inner, int after) : ICopyEnd
    {
        private int _writes;

        public Task<IReadOnlyList<Document>> ReadAsync(ICollection collection, string? after1, int most, CancellationToken cancellationToken) => inner.ReadAsync(collection, after1, most, cancellationToken);
        public Task WriteAsync(ICollection collection, IReadOnlyList<Document> records, CancellationToken cancellationToken) =>
            _writes++ < after ? inner.WriteAsync(collection, records, cancellationToken) : throw new StorageUnavailableException("cut off");
        public Task<string?> LastIdAsync(ICollection collection, CancellationToken cancellationToken) => inner.LastIdAsync(collection, cancellationToken);
        public Task<IReadOnlyList<(string Name, string At)>> MigrationsAsync(CancellationToken cancellationToken) => inner.MigrationsAsync(cancellationToken);
        public Task MarkAsync(IReadOnlyList<(string Name, string At)> migrations, CancellationToken cancellationToken) => inner.MarkAsync(migrations, cancellationToken);
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
