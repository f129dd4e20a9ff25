using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs.Records;

/// <summary>The registry of servers.</summary>
public sealed class ServerStore(IDocumentStore store)
{
    /// <summary>The collection. A server that was not seen for an hour is forgotten.</summary>
    public static readonly Collection<ServerRecord> Collection = new Collection<ServerRecord>("job_servers").Expire("gone", s => s.SeenAt, TimeSpan.FromHours(1));

    private readonly IDocuments<ServerRecord> _servers = store.ForPlatform<ServerRecord>(Caller.Platform);

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<ServerRecord>> AllAsync(CancellationToken cancellationToken) =>
        (await _servers.FindAsync(new Query<ServerRecord> { Limit = 1_000 }, cancellationToken)).Items;

    /// <summary>Writes that a server lives; adds it where it is not there (any more).</summary>
    public async Task SeenAsync(ServerRecord server, CancellationToken cancellationToken)
    {
        var update = new Update<ServerRecord>().Set(s => s.SeenAt, server.SeenAt).Set(s => s.Running, server.Running).Set(s => s.Draining, server.Draining);
        if (await _servers.UpdateOneAsync(s => s.Id == server.Id, update, cancellationToken: cancellationToken) is null) { await _servers.InsertAsync(server, cancellationToken); }
    }

    /// <summary>Forgets a server.</summary>
    public Task ForgetAsync(string id, CancellationToken cancellationToken) => _servers.DeleteAsync(id, cancellationToken);
}
