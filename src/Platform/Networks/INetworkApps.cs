using System.Collections.Concurrent;

namespace Platform.Networks;

/// <summary>What a server gave this product when it was registered there.</summary>
/// <param name="ClientId">Its name there.</param>
/// <param name="ClientSecret">Its secret there.</param>
public sealed record NetworkApp(string ClientId, string ClientSecret)
{
    /// <inheritdoc />
    public override string ToString() => $"NetworkApp {{ {ClientId} }}";
}

/// <summary>Where a registration belongs: one for each server and address that people come back to.</summary>
/// <param name="Network">The network's key.</param>
/// <param name="Server">The server's address.</param>
/// <param name="CallbackUrl">Where the server sends people back to.</param>
public sealed record NetworkAppPlace(string Network, string Server, string CallbackUrl);

/// <summary>Keeps registrations with servers, so that each server is asked once and not at every connect. The room has no store of its own: a feature keeps them.</summary>
public interface INetworkApps
{
    /// <summary>The registration; null where there is none.</summary>
    Task<NetworkApp?> FindAsync(NetworkAppPlace place, CancellationToken cancellationToken);

    /// <summary>Keeps a registration in place of an earlier one.</summary>
    Task KeepAsync(NetworkAppPlace place, NetworkApp app, CancellationToken cancellationToken);
}

/// <summary>Registrations of this process alone, where no feature keeps them.</summary>
internal sealed class PassingNetworkApps : INetworkApps
{
    private readonly ConcurrentDictionary<NetworkAppPlace, NetworkApp> _apps = new();

    /// <inheritdoc />
    public Task<NetworkApp?> FindAsync(NetworkAppPlace place, CancellationToken cancellationToken) => Task.FromResult(_apps.GetValueOrDefault(place));

    /// <inheritdoc />
    public Task KeepAsync(NetworkAppPlace place, NetworkApp app, CancellationToken cancellationToken) { _apps[place] = app; return Task.CompletedTask; }
}
