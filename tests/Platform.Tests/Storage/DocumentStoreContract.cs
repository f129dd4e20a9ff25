using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.Storage;

/// <summary>What every engine promises. A second engine inherits it and says only how it is made.</summary>
public abstract partial class DocumentStoreContract : IAsyncDisposable
{
    protected static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string _one = Ids.New();
    private readonly string _two = Ids.New();
    private IDocumentStore? _store;

    /// <summary>An empty store that holds <see cref="Records.All"/>.</summary>
    protected abstract IDocumentStore Create();

    /// <summary>Deletes what has expired by now, as the engine does by itself from time to time.</summary>
    protected abstract Task ExpireAsync(DateTimeOffset now);

    /// <summary>Whether the engine (and the server behind it) always says which index a duplicate broke.</summary>
    protected virtual bool NamesIndexes => true;

    /// <summary>Ends the store.</summary>
    public abstract ValueTask DisposeAsync();

    protected IDocumentStore Store => _store ??= Create();

    protected IDocuments<Thing> Things => Store.For<Thing>(Caller.System(_one));

    protected IDocuments<Thing> Others => Store.For<Thing>(Caller.System(_two));

    protected IDocuments<Thing> Every => Store.ForPlatform<Thing>(Caller.Platform);

    private void ShouldName(DuplicateKeyException failure, string index)
    {
        if (NamesIndexes || failure.Index is not null) { failure.Index.ShouldBe(index); }
    }

    protected Thing A(string name = "a") => new() { OrganizationId = _one, Name = name };

    protected Thing Theirs(string name = "b") => new() { OrganizationId = _two, Name = name };
}
