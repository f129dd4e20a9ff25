using Platform.Features.Audit.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Media.Store;
using Platform.Tenancy;

namespace Platform.Features.Media.Actions;

/// <summary>Removes assets that nothing refers to: uploaded and never used for a week, or left behind by a post that is gone for good.</summary>
public sealed class RemoveUnusedMedia(MediaStore store, IMediaFiles files, IEnumerable<IMediaUse> uses, IAudit audit, TimeProvider clock)
{
    /// <summary>How long an asset may lie unused; also how often each is looked at.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(7);

    /// <summary>How many assets one call looks at.</summary>
    public const int Batch = 200;

    /// <summary>Looks at the next ones that are due; how many were looked at and how many removed.</summary>
    public async Task<(int Seen, int Removed)> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await store.ToLookAtAsync(now, Batch, cancellationToken);
        var removed = 0;
        foreach (var assets in due.GroupBy(a => a.OrganizationId)) { removed += await LookAsync(assets.Key, [.. assets], now, cancellationToken); }
        return (due.Count, removed);
    }

    private async Task<int> LookAsync(string organizationId, IReadOnlyList<MediaAsset> assets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var used = await UsedAsync(organizationId, [.. assets.Select(a => a.Id)], cancellationToken);
        var (young, old) = (assets.Where(a => a.CreatedAt + KeepFor > now).ToList(), assets.Where(a => a.CreatedAt + KeepFor <= now && !used.Contains(a.Id)).ToList());
        foreach (var asset in young) { await store.LookAgainAsync([asset.Id], asset.CreatedAt + KeepFor, cancellationToken); }
        await store.LookAgainAsync([.. assets.Except(young).Except(old).Select(a => a.Id)], now + KeepFor, cancellationToken);
        var removed = 0;
        foreach (var asset in old) { removed += await RemoveAsync(asset, now, cancellationToken) ? 1 : 0; }
        return removed;
    }

    // The record first: from then on no post can take the asset. One that took it in the moment before is seen by the second question, and the record comes back.
    private async Task<bool> RemoveAsync(MediaAsset asset, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var caller = Caller.System(asset.OrganizationId, "media");
        if (!await store.DeleteAsync(caller, asset.Id, cancellationToken)) { return false; }
        if ((await UsedAsync(asset.OrganizationId, [asset.Id], CancellationToken.None)).Count > 0)
        {
            await store.AddAsync(caller, asset with { LookAt = now + KeepFor, Version = 0 }, CancellationToken.None);
            return false;
        }
        await files.DeleteAsync(asset.OrganizationId, asset.Id, CancellationToken.None);
        await audit.RecordAsync(caller, new("media.removed_unused", "media", asset.Id, asset.FileName), CancellationToken.None);
        return true;
    }

    private async Task<HashSet<string>> UsedAsync(string organizationId, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var use in uses) { used.UnionWith(await use.UsedAsync(organizationId, ids, cancellationToken)); }
        return used;
    }
}
