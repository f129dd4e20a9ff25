using Microsoft.Extensions.Logging.Abstractions;
using Platform.Storage;
using Platform.Storage.Sqlite;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Storage;

public sealed class StorageStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Migrations_run_once_in_order_of_their_names()
    {
        var ran = new List<string>();
        for (var start = 0; start < 2; start++) { await StartAsync(new Step("2026-02", ran), new Step("2026-01", ran)); }
        ran.ShouldBe(["2026-01", "2026-02"]);
        await StartAsync(new Step("2026-02", ran), new Step("2026-01", ran), new Step("2026-03", ran));
        ran.ShouldBe(["2026-01", "2026-02", "2026-03"]);
    }

    [Fact]
    public async Task A_migration_that_fails_runs_again_and_holds_up_those_behind_it()
    {
        var ran = new List<string>();
        await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(new Step("1", ran), new Step("2", ran, fails: true), new Step("3", ran)));
        await StartAsync(new Step("1", ran), new Step("2", ran), new Step("3", ran));
        ran.ShouldBe(["1", "2", "2", "3"]);
    }

    private async Task StartAsync(params IMigration[] migrations)
    {
        using var store = SqliteDocumentStore.Open(_folder, Records.All);
        await new StorageStart(store, migrations, new FakeClock(), NullLogger<StorageStart>.Instance).StartAsync(CancellationToken.None);
    }

    private sealed class Step(string name, List<string> ran, bool fails = false) : IMigration
    {
        public string Name => name;

        public async Task RunAsync(IDocumentStore store, CancellationToken cancellationToken)
        {
            ran.Add(name);
            await store.ForPlatform<Setting>(Caller.Platform).CountAsync(s => true, cancellationToken);
            if (fails) { throw new InvalidOperationException("no"); }
        }
    }
}
