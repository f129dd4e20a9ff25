using System.Linq.Expressions;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Store;

/// <summary>Every query for channels.</summary>
public sealed class ChannelStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<Channel> Collection = new Collection<Channel>("channels")
        .Unique("account", Sort<Channel>.By(c => c.OrganizationId).ThenBy(c => c.Network).ThenBy(c => c.RemoteAccountId))
        .Index("tried", Sort<Channel>.By(c => c.TriedAt));

    /// <summary>All of the caller's organization, oldest first (plans allow at most 150).</summary>
    public async Task<IReadOnlyList<Channel>> ListAsync(Caller caller, CancellationToken cancellationToken) =>
        (await store.For<Channel>(caller).FindAsync(new() { Limit = 1000 }, cancellationToken)).Items;

    /// <summary>Those with these ids.</summary>
    public async Task<IReadOnlyList<Channel>> FindAsync(Caller caller, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) { return []; }
        var wanted = ids.Distinct().ToList();
        return (await store.For<Channel>(caller).FindAsync(new() { Filter = c => wanted.Contains(c.Id), Limit = 1000 }, cancellationToken)).Items;
    }

    /// <summary>By id.</summary>
    public Task<Channel?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<Channel>(caller).GetAsync(id, cancellationToken);

    /// <summary>The one for an account.</summary>
    public Task<Channel?> FindAccountAsync(Caller caller, string network, string remoteAccountId, CancellationToken cancellationToken) =>
        store.For<Channel>(caller).FirstAsync(c => c.Network == network && c.RemoteAccountId == remoteAccountId, null, cancellationToken);

    /// <summary>How many there are.</summary>
    public Task<long> CountAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owner = caller.OrganizationId;
        return store.For<Channel>(caller).CountAsync(c => c.OrganizationId == owner, cancellationToken);
    }

    /// <summary>Adds one; throws <see cref="DuplicateKeyException"/> where the account is connected already.</summary>
    public Task<Channel> AddAsync(Caller caller, Channel channel, CancellationToken cancellationToken) => store.For<Channel>(caller).InsertAsync(channel, cancellationToken);

    /// <summary>Changes one where the condition holds; null where it does not.</summary>
    public Task<Channel?> UpdateAsync(Caller caller, Expression<Func<Channel, bool>> filter, Update<Channel> update, CancellationToken cancellationToken) =>
        store.For<Channel>(caller).UpdateOneAsync(filter, update, null, cancellationToken);

    /// <summary>Removes one, tokens and all.</summary>
    public Task<bool> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<Channel>(caller).DeleteAsync(id, cancellationToken);

    /// <summary>Channels of all organizations with a good grant that were last checked before a moment, the longest unchecked first.</summary>
    public async Task<IReadOnlyList<Channel>> ToCheckAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        (await store.ForPlatform<Channel>(Caller.Platform).FindAsync(
            new() { Filter = c => c.TriedAt < before && c.GrantLostAt == null, Sort = Sort<Channel>.By(c => c.TriedAt), Limit = limit }, cancellationToken)).Items;
}
