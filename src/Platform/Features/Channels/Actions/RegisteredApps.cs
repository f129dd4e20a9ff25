using System.Text.Json;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Keeps registrations with servers, encrypted and bound to their place: one for the whole installation, whoever connects.</summary>
public sealed class RegisteredApps(RegisteredAppStore store, ISecretBox box, TimeProvider clock) : INetworkApps
{
    /// <inheritdoc />
    public async Task<NetworkApp?> FindAsync(NetworkAppPlace place, CancellationToken cancellationToken) =>
        await store.FindAsync(place.Network, place.Server, place.CallbackUrl, cancellationToken) is { } kept ? JsonSerializer.Deserialize<NetworkApp>(box.Open(kept.Sealed, Bound(place))) : null;

    /// <inheritdoc />
    public Task KeepAsync(NetworkAppPlace place, NetworkApp app, CancellationToken cancellationToken) => store.PutAsync(
        new RegisteredApp
        {
            Network = place.Network, Server = place.Server, CallbackUrl = place.CallbackUrl, Sealed = box.Seal(JsonSerializer.Serialize(app), Bound(place)), CreatedAt = clock.GetUtcNow(),
        },
        cancellationToken);

    private static string Bound(NetworkAppPlace place) => RegisteredApp.BoundTo(place.Network, place.Server, place.CallbackUrl);
}
