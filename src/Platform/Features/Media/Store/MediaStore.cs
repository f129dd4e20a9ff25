using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Media.Store;

/// <summary>Every query for media.</summary>
public sealed class MediaStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<MediaAsset> Collection = new Collection<MediaAsset>("media")
        .Index("by_organization", Sort<MediaAsset>.By(m => m.OrganizationId).ThenByDescending(m => m.Id))
        .Index("to_look_at", Sort<MediaAsset>.By(m => m.LookAt));

    /// <summary>Adds one.</summary>
    public Task<MediaAsset> AddAsync(Caller caller, MediaAsset asset, CancellationToken cancellationToken) =>
        store.For<MediaAsset>(caller).InsertAsync(asset, cancellationToken);

    /// <summary>By id.</summary>
    public Task<MediaAsset?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        store.For<MediaAsset>(caller).GetAsync(id, cancellationToken);

    /// <summary>By id and public key, without a caller: the key is the right.</summary>
    public Task<MediaAsset?> FindPublicAsync(string id, string key, CancellationToken cancellationToken) =>
        store.ForPlatform<MediaAsset>(Caller.Platform).FirstAsync(m => m.Id == id && m.PublicKey == key, null, cancellationToken);

    /// <summary>Those with these ids.</summary>
    public async Task<IReadOnlyList<MediaAsset>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) { return []; }
        var wanted = ids.Distinct().ToList();
        return (await store.For<MediaAsset>(caller).FindAsync(new() { Filter = m => wanted.Contains(m.Id), Limit = 1000 }, cancellationToken)).Items;
    }

    /// <summary>A page, newest first.</summary>
    public Task<Page<MediaAsset>> ListAsync(Caller caller, string? contentTypePrefix, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var prefix = contentTypePrefix ?? "";
        return store.For<MediaAsset>(caller).FindAsync(
            new()
            {
                Filter = prefix.Length == 0 ? null : m => m.ContentType.StartsWith(prefix),
                Sort = Sort<MediaAsset>.ByDescending(m => m.Id),
                Limit = limit,
                Cursor = cursor,
            },
            cancellationToken);
    }

    /// <summary>Writes the asset where nobody changed it meanwhile.</summary>
    public Task<MediaAsset?> TryReplaceAsync(Caller caller, MediaAsset asset, CancellationToken cancellationToken) =>
        store.For<MediaAsset>(caller).TryReplaceAsync(asset, cancellationToken);

    /// <summary>Removes one.</summary>
    public Task<bool> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        store.For<MediaAsset>(caller).DeleteAsync(id, cancellationToken);

    /// <summary>Assets of all organizations whose use is to be looked at, the longest due first.</summary>
    public async Task<IReadOnlyList<MediaAsset>> ToLookAtAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var all = store.ForPlatform<MediaAsset>(Caller.Platform);
        var never = await all.FindAsync(new() { Filter = m => m.LookAt == null, Limit = limit }, cancellationToken);
        if (never.Items.Count == limit) { return never.Items; }
        DateTimeOffset? until = now;
        var due = await all.FindAsync(new() { Filter = m => m.LookAt <= until, Sort = Sort<MediaAsset>.By(m => m.LookAt), Limit = limit - never.Items.Count }, cancellationToken);
        return [.. never.Items, .. due.Items];
    }

    /// <summary>Says when to look again.</summary>
    public Task LookAgainAsync(IReadOnlyCollection<string> ids, DateTimeOffset at, CancellationToken cancellationToken) => ids.Count == 0
        ? Task.CompletedTask
        : store.ForPlatform<MediaAsset>(Caller.Platform).UpdateManyAsync(m => ids.Contains(m.Id), new Update<MediaAsset>().Set(m => m.LookAt, at), cancellationToken);

    /// <summary>How many files and bytes the caller's organization holds.</summary>
    public async Task<(long Files, long Bytes)> UsageAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owner = caller.OrganizationId;
        var groups = await store.For<MediaAsset>(caller).GroupAsync(
            new GroupQuery<MediaAsset> { Filter = m => m.OrganizationId == owner }.By(m => m.OrganizationId).Sum("bytes", m => m.Size), cancellationToken);
        return groups is [var group] ? (group.Count, (long)(group.Values["bytes"] ?? 0)) : (0, 0);
    }
}
