using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Connects that wait for their person: kept encrypted, found by the hash of an unguessable state, taken once, only by who began them.</summary>
public sealed class PendingConnects(PendingConnectStore store, ChannelSeal seal, TimeProvider clock)
{
    /// <summary>A new state: 256 random bits.</summary>
    public static string NewState() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Keeps a flow.</summary>
    public Task KeepAsync(Caller caller, string network, ConnectRequest request, ConnectFlow flow, CancellationToken cancellationToken) => store.AddAsync(
        caller,
        new PendingConnect
        {
            OrganizationId = caller.OrganizationId,
            UserId = caller.UserId ?? "",
            Network = network,
            ChannelId = request.ChannelId,
            StateHash = Hash(request.State),
            Sealed = seal.Seal(caller.OrganizationId, request.ChannelId, flow),
            CreatedAt = clock.GetUtcNow(),
        },
        cancellationToken);

    /// <summary>Takes a flow out; null where this caller has none under the state, or no longer.</summary>
    public async Task<(string ChannelId, ConnectFlow Flow)?> TakeAsync(Caller caller, string network, string state, CancellationToken cancellationToken) =>
        await store.TakeAsync(caller, network, Hash(state), cancellationToken) is { } pending
            ? (pending.ChannelId, seal.OpenFlow(pending.OrganizationId, pending.ChannelId, pending.Sealed))
            : null;

    private static string Hash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}
