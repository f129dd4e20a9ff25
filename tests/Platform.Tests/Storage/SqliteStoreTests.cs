using Platform.Storage;
using Platform.Storage.Sqlite;

namespace Platform.Tests.Storage;

/// <summary>The embedded engine keeps the contract.</summary>
public sealed class SqliteStoreTests : DocumentStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-test-").FullName;
    private SqliteDocumentStore? _sqlite;

    protected override IDocumentStore Create() => _sqlite = SqliteDocumentStore.Open(_folder, Records.All);

    protected override async Task ExpireAsync(DateTimeOffset now) => await ExpirySweeper.SweepAsync(_sqlite!, now, CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        if (_sqlite is not null)
        {
            await KeyColumns.AgreeAsync(_sqlite);
            await _sqlite.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>The embedded engine agrees with memory.</summary>
public sealed class SqliteStoreProperties : DocumentStoreProperties, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage-property-").FullName;
    private readonly SqliteDocumentStore _store;

    public SqliteStoreProperties() => _store = SqliteDocumentStore.Open(_folder, Collections);

    protected override IDocumentStore Store => _store;

    public void Dispose()
    {
        KeyColumns.AgreeAsync(_store).GetAwaiter().GetResult();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
