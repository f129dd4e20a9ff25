using System.Text.Json;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Features.Publishing.Store;

namespace Platform.Features.Publishing.Actions;

/// <summary>How much to claim, up to which moment, and what to leave out.</summary>
public sealed record ClaimRequest(int Limit, DateTimeOffset Horizon, IReadOnlyCollection<string> BlockedChannels, IReadOnlyCollection<string> BlockedOrganizations);

/// <summary>Claims due publications for this process.</summary>
public sealed class ClaimPublications(DispatchStore store, WorkerIdentity worker, PublishingPolicy policy, Failpoints failpoints, TimeProvider clock, ILogger<ClaimPublications> logger)
{
    /// <summary>How far ahead of their time publications are claimed; leases end that much before others may take over.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(2);

    /// <summary>Up to the limit, soonest first.</summary>
    public async Task<IReadOnlyList<ClaimedPublication>> RunAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        failpoints.Hit(Failpoints.AfterDueRead);
        var claim = NewClaim();
        try
        {
            var records = await store.ClaimAsync(request.Horizon, request.Limit, claim, new(request.BlockedChannels, request.BlockedOrganizations), cancellationToken);
            if (records.Count > 0) { failpoints.Hit(Failpoints.AfterClaim); }
            return [.. records.Select(r => new ClaimedPublication(r))];
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidCastException)
        {
            logger.LogError(e, "A due publication cannot be read; claiming one by one to set it aside");
            return await ClaimOneByOneAsync(request, claim, cancellationToken);
        }
    }

    /// <summary>When the next publication is due that is not blocked; null where there is none.</summary>
    public Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<string> blockedChannels, IReadOnlyCollection<string> blockedOrganizations, CancellationToken cancellationToken) =>
        store.NextWakeAsync(new(blockedChannels, blockedOrganizations), cancellationToken);

    /// <summary>At start: frees what dead processes of this node had claimed; living ones keep theirs.</summary>
    public async Task FreeAsync(CancellationToken cancellationToken)
    {
        var freed = await store.FreeNodeAsync(worker.Node, worker.Living(), clock.GetUtcNow(), policy.Lease + Ahead, cancellationToken);
        worker.ClearDead();
        if (freed > 0) { logger.LogWarning("{Count} publications were left claimed by an earlier process and are taken over", freed); }
    }

    private Claim NewClaim()
    {
        var until = clock.GetUtcNow() + policy.Lease;
        return new(new Lease(worker.Node, worker.Worker, until), until + Ahead);
    }

    private async Task<IReadOnlyList<ClaimedPublication>> ClaimOneByOneAsync(ClaimRequest request, Claim claim, CancellationToken cancellationToken)
    {
        var claimed = new List<ClaimedPublication>();
        foreach (var id in await store.DueIdsAsync(request.Horizon, cancellationToken))
        {
            if (claimed.Count == request.Limit) { break; }
            try { if (await store.ClaimOneAsync(id, request.Horizon, claim, cancellationToken) is { } record) { claimed.Add(new(record)); } }
            catch (Exception e) when (e is JsonException or NotSupportedException or InvalidCastException)
            {
                logger.LogError(e, "Publication {Id} cannot be read and is set aside", id);
                await store.SetAsideAsync(id, new("unreadable", "The stored publication cannot be read. It was set aside so that others go on.", "Tell support; they find it by its id."), cancellationToken);
            }
        }
        return [.. claimed.Where(c => !request.BlockedChannels.Contains(c.ChannelId) && !request.BlockedOrganizations.Contains(c.OrganizationId))];
    }
}
