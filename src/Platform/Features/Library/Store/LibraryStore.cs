using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Library.Store;

/// <summary>Every query for templates and hashtag sets.</summary>
public sealed class LibraryStore(IDocumentStore store)
{
    /// <summary>Templates.</summary>
    public static readonly Collection<Template> Templates = new Collection<Template>("templates")
        .Unique("by_name", Sort<Template>.By(t => t.OrganizationId).ThenBy(t => t.NameKey));

    /// <summary>Hashtag sets.</summary>
    public static readonly Collection<HashtagSet> HashtagSets = new Collection<HashtagSet>("hashtag_sets")
        .Unique("by_name", Sort<HashtagSet>.By(t => t.OrganizationId).ThenBy(t => t.NameKey));

    /// <summary>A page of templates by name.</summary>
    public Task<Page<Template>> TemplatesAsync(Caller caller, string? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var words = search?.ToUpperInvariant();
        return store.For<Template>(caller).FindAsync(
            new() { Filter = words is null ? null : t => t.SearchText.Contains(words), Sort = Sort<Template>.By(t => t.NameKey), Limit = limit, Cursor = cursor }, cancellationToken);
    }

    /// <summary>A page of sets by name.</summary>
    public Task<Page<HashtagSet>> SetsAsync(Caller caller, string? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var words = search?.ToUpperInvariant();
        return store.For<HashtagSet>(caller).FindAsync(
            new() { Filter = words is null ? null : t => t.SearchText.Contains(words), Sort = Sort<HashtagSet>.By(t => t.NameKey), Limit = limit, Cursor = cursor }, cancellationToken);
    }

    /// <summary>How many of a kind the organization has.</summary>
    public Task<long> CountAsync<T>(Caller caller, CancellationToken cancellationToken) where T : Document, IOrganizationOwned => store.For<T>(caller).CountAsync(_ => true, cancellationToken);

    /// <summary>One of a kind by id.</summary>
    public async Task<T?> GetAsync<T>(Caller caller, string id, CancellationToken cancellationToken) where T : Document, IOrganizationOwned =>
        Ids.IsValid(id) ? await store.For<T>(caller).GetAsync(id, cancellationToken) : null;

    /// <summary>Commits; false where the expected version is not the stored one, throws <see cref="DuplicateKeyException"/> where the name is taken.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);
}
