using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>
/// The stored publications as the dispatcher asks for them, across organizations. Every claim asks for <see cref="Publication.Cleared"/>: this is the gate that
/// nothing unapproved passes, whichever page, route, agent or import gave it a time.
/// </summary>
public sealed class DispatchStore(IDocumentStore store)
{
    private static readonly Sort<PublicationRecord> Soonest = Sort<PublicationRecord>.By(r => r.Publication.WakeAt);

    private IDocuments<PublicationRecord> All => store.ForPlatform<PublicationRecord>(Caller.Platform);

    /// <summary>Claims what is due up to the horizon, soonest first: a lease and the next epoch, in one atomic step. Channels and organizations named are left out.</summary>
    public Task<IReadOnlyList<PublicationRecord>> ClaimAsync(DateTimeOffset horizon, int limit, Claim claim, Blocked blocked, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = horizon;
        var (channels, organizations) = (blocked.Channels.ToList(), blocked.Organizations.ToList());
        return blocked.IsEmpty
            ? All.ClaimAsync(r => r.Publication.WakeAt != null && r.Publication.WakeAt <= until && r.Publication.Cleared, Soonest, limit, Taking(claim), cancellationToken)
            : All.ClaimAsync(
                r => r.Publication.WakeAt != null && r.Publication.WakeAt <= until && r.Publication.Cleared && !channels.Contains(r.Publication.ChannelId) && !organizations.Contains(r.OrganizationId),
                Soonest, limit, Taking(claim), cancellationToken);
    }

    /// <summary>Claims one by id, for when a claim of many meets a record that cannot be read.</summary>
    public Task<PublicationRecord?> ClaimOneAsync(string id, DateTimeOffset horizon, Claim claim, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = horizon;
        return All.UpdateOneAsync(r => r.Id == id && r.Publication.WakeAt != null && r.Publication.WakeAt <= until && r.Publication.Cleared, Taking(claim), null, cancellationToken);
    }

    /// <summary>The ids of what is due, read without opening the records.</summary>
    public async Task<IReadOnlyList<string>> DueIdsAsync(DateTimeOffset horizon, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = horizon;
        var groups = await All.GroupAsync(new GroupQuery<PublicationRecord> { Filter = r => r.Publication.WakeAt != null && r.Publication.WakeAt <= until && r.Publication.Cleared }.By(r => r.Id), cancellationToken);
        return [.. groups.Select(g => g.Keys[0]!)];
    }

    /// <summary>Sets a record aside that cannot be opened, without opening it.</summary>
    public Task<long> SetAsideAsync(string id, PublicationError error, CancellationToken cancellationToken) => All.UpdateManyAsync(r => r.Id == id,
        new Update<PublicationRecord>().Set(r => r.Publication.WakeAt, null).Set(r => r.Publication.OutboxAt, null).Set(r => r.Publication.State, PublicationState.Failed).Set(r => r.Publication.Error, error), cancellationToken);

    /// <summary>When the next one is due that is not of a blocked channel or organization; null where there is none.</summary>
    public async Task<DateTimeOffset?> NextWakeAsync(Blocked blocked, CancellationToken cancellationToken)
    {
        var (channels, organizations) = (blocked.Channels.ToList(), blocked.Organizations.ToList());
        var next = blocked.IsEmpty
            ? await All.FirstAsync(r => r.Publication.WakeAt != null && r.Publication.Cleared, Soonest, cancellationToken)
            : await All.FirstAsync(r => r.Publication.WakeAt != null && r.Publication.Cleared && !channels.Contains(r.Publication.ChannelId) && !organizations.Contains(r.OrganizationId), Soonest, cancellationToken);
        return next?.Publication.WakeAt;
    }

    /// <summary>Publications whose wait for approval has ended by a moment, longest first.</summary>
    public async Task<IReadOnlyList<PublicationRecord>> UnapprovedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => (await All.FindAsync(new()
    {
        Filter = r => r.Publication.State == PublicationState.AwaitingApproval && r.Publication.Due!.At <= now && r.Publication.ExpiresUnapproved,
        Sort = Sort<PublicationRecord>.By(r => r.Publication.Due!.At),
        Limit = limit,
    }, cancellationToken)).Items;

    /// <summary>The record as it is now.</summary>
    public Task<PublicationRecord?> GetAsync(string id, CancellationToken cancellationToken) => All.GetAsync(id, cancellationToken);

    /// <summary>Writes the record where nobody wrote since it was read; null where somebody did.</summary>
    public Task<PublicationRecord?> TryReplaceAsync(PublicationRecord record, CancellationToken cancellationToken) => All.TryReplaceAsync(record, cancellationToken);

    /// <summary>Makes the claims of a node due at once that none of its living processes made. Returns how many.</summary>
    /// <param name="node">The node.</param>
    /// <param name="living">Its processes that live.</param>
    /// <param name="now">Now.</param>
    /// <param name="longest">How much later than now a claim can wake at most, so that only what is due soon is looked at, and not all that waits for next month.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<long> FreeNodeAsync(string node, IReadOnlyList<string> living, DateTimeOffset now, TimeSpan longest, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = now + longest;
        return All.UpdateManyAsync(
            r => r.Publication.WakeAt != null && r.Publication.WakeAt <= until && r.Publication.Cleared && r.Publication.Lease != null && r.Publication.Lease.Node == node && !living.Contains(r.Publication.Lease.Worker),
            new Update<PublicationRecord>().Set(r => r.Publication.WakeAt, now), cancellationToken);
    }

    private static Update<PublicationRecord> Taking(Claim claim) =>
        new Update<PublicationRecord>().Set(r => r.Publication.Lease, claim.Lease).Set(r => r.Publication.WakeAt, claim.TakeOverAt).Increment(r => r.Publication.Epoch);
}

/// <summary>A claim to be made.</summary>
/// <param name="Lease">Who, and until when.</param>
/// <param name="TakeOverAt">When others may take over; later than the lease's end by more than the horizon of claims.</param>
public sealed record Claim(Lease Lease, DateTimeOffset TakeOverAt);

/// <summary>What is left out of a claim for now.</summary>
/// <param name="Channels">Channels at their limit, or told to wait by their network.</param>
/// <param name="Organizations">Organizations at their limit.</param>
public sealed record Blocked(IReadOnlyCollection<string> Channels, IReadOnlyCollection<string> Organizations)
{
    /// <summary>Nothing is left out.</summary>
    public static readonly Blocked None = new([], []);

    /// <summary>Whether nothing is left out.</summary>
    public bool IsEmpty => Channels.Count + Organizations.Count == 0;
}
