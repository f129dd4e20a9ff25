using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>One block of addresses that staff may come from.</summary>
/// <param name="Range">As <see cref="Domain.NetworkRange"/> writes it.</param>
/// <param name="Note">What it is: office, VPN.</param>
public sealed record StaffNetwork(string Range, string Note);

/// <summary>The list of networks that staff keep themselves; there is one.</summary>
public sealed record StaffNetworkList : Document, IPlatformOwned
{
    /// <summary>The only id.</summary>
    public const string TheId = "staff-networks";

    /// <summary>The blocks; empty: no limit from here.</summary>
    public required IReadOnlyList<StaffNetwork> Networks { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>The list of networks that staff keep.</summary>
public sealed class StaffNetworkStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<StaffNetworkList> Collection = new("staff_networks");

    /// <summary>The list; null while nobody made one.</summary>
    public Task<StaffNetworkList?> GetAsync(CancellationToken cancellationToken) => store.ForPlatform<StaffNetworkList>(Caller.Platform).GetAsync(StaffNetworkList.TheId, cancellationToken);

    /// <summary>Adds the list to a batch: new, or in place of the one that was read.</summary>
    public static void Stage(WriteBatch batch, StaffNetworkList? read, StaffNetworkList list)
    {
        if (read is null) { batch.Insert(Caller.Platform, list); }
        else { batch.Replace(Caller.Platform, read with { Networks = list.Networks, ChangedAt = list.ChangedAt }); }
    }

    /// <summary>Writes a batch; false where the list changed meanwhile.</summary>
    public async Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        try { return await store.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return false; }
    }
}
