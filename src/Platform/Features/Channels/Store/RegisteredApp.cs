using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Channels.Store;

/// <summary>This installation's registration with one server of a network: for all organizations, and of none.</summary>
public sealed record RegisteredApp : Document, IPlatformOwned
{
    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>The server's address.</summary>
    public required string Server { get; init; }

    /// <summary>Where the server sends people back to.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>Id and secret, encrypted.</summary>
    public required string Sealed { get; init; }

    /// <summary>What <see cref="Sealed"/> is bound to.</summary>
    public string Bound => BoundTo(Network, Server, CallbackUrl);

    /// <summary>What the registration of a place is bound to.</summary>
    public static string BoundTo(string network, string server, string callbackUrl) => $"network-app:{network}:{server}:{callbackUrl}";

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Every query for registrations.</summary>
public sealed class RegisteredAppStore(IDocumentStore store)
{
    /// <summary>The collection. What was made a year ago is made anew at the next connect: a server's address may have come to another owner.</summary>
    public static readonly Collection<RegisteredApp> Collection = new Collection<RegisteredApp>("registered_apps")
        .Unique("place", Sort<RegisteredApp>.By(a => a.Network).ThenBy(a => a.Server).ThenBy(a => a.CallbackUrl))
        .Expire("year", a => a.CreatedAt, TimeSpan.FromDays(365));

    private IDocuments<RegisteredApp> All => store.ForPlatform<RegisteredApp>(Caller.Platform);

    /// <summary>The one of a place.</summary>
    public Task<RegisteredApp?> FindAsync(string network, string server, string callbackUrl, CancellationToken cancellationToken) =>
        All.FirstAsync(a => a.Network == network && a.Server == server && a.CallbackUrl == callbackUrl, null, cancellationToken);

    /// <summary>Puts it in the place of an earlier one.</summary>
    public async Task PutAsync(RegisteredApp app, CancellationToken cancellationToken)
    {
        var (network, server, callback) = (app.Network, app.Server, app.CallbackUrl);
        var update = new Update<RegisteredApp>().Set(a => a.Sealed, app.Sealed).Set(a => a.CreatedAt, app.CreatedAt);
        if (await All.UpdateOneAsync(a => a.Network == network && a.Server == server && a.CallbackUrl == callback, update, null, cancellationToken) is not null) { return; }
        try { await All.InsertAsync(app, cancellationToken); }
        catch (DuplicateKeyException) { /* two people connected in the same moment: either registration works */ }
    }
}
