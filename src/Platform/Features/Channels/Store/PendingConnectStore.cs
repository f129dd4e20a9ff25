using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Store;

/// <summary>Every query for pending connects.</summary>
public sealed class PendingConnectStore(IDocumentStore store, TimeProvider clock)
{
    /// <summary>How long a person has.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>The collection.</summary>
    public static readonly Collection<PendingConnect> Collection = new Collection<PendingConnect>("pending_connects")
        .Unique("state", Sort<PendingConnect>.By(p => p.StateHash))
        .Expire("life", p => p.CreatedAt, Life);

    /// <summary>Keeps one.</summary>
    public Task AddAsync(Caller caller, PendingConnect pending, CancellationToken cancellationToken) => store.For<PendingConnect>(caller).InsertAsync(pending, cancellationToken);

    /// <summary>Takes the caller's own pending connect out; null where there is none, it is too old, or another took it first.</summary>
    public async Task<PendingConnect?> TakeAsync(Caller caller, string network, string stateHash, CancellationToken cancellationToken)
    {
        var (userId, oldest) = (caller.UserId ?? "", clock.GetUtcNow() - Life);
        var pending = await store.For<PendingConnect>(caller).FirstAsync(
            p => p.StateHash == stateHash && p.UserId == userId && p.Network == network && p.CreatedAt > oldest, null, cancellationToken);
        return pending is not null && await store.For<PendingConnect>(caller).DeleteAsync(pending.Id, cancellationToken) ? pending : null;
    }
}
