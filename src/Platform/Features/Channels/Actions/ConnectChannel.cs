using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>What a person gives to connect an account.</summary>
public sealed record ConnectChannelRequest
{
    /// <summary>The network's key.</summary>
    public required string Network { get; init; }

    /// <summary>The server, where the network has several.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>Handle or e-mail.</summary>
    public string? Identifier { get; init; }

    /// <summary>App password or token.</summary>
    public string? Secret { get; init; }

    /// <summary>A name of one's own for the channel.</summary>
    public string? DisplayName { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"ConnectChannelRequest {{ {Network} }}";
}

/// <summary>How a connect goes on.</summary>
/// <param name="Channel">The channel, where it is connected.</param>
/// <param name="AuthorizeUrl">Where to send the person, where the network asks them itself.</param>
/// <param name="State">Comes back with the person.</param>
public sealed record ConnectResult(ChannelView? Channel, string? AuthorizeUrl = null, string? State = null);

/// <summary>Connects an account: at once, or by way of the network. A channel's id means: reconnect that one, with the same account.</summary>
public sealed class ConnectChannel(INetworks networks, ChannelStore store, PendingConnects pending, KeepAccount keep, TimeProvider clock)
{
    /// <summary>Does it.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="request">With what.</param>
    /// <param name="baseUrl">This installation's address, as the caller sees it.</param>
    /// <param name="reconnect">The channel to reconnect; null for a new one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<ConnectResult>> RunAsync(Caller caller, ConnectChannelRequest request, string baseUrl, string? reconnect, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ChannelsManage)) { return Problem.Forbidden(); }
        if (reconnect is not null && ChannelAccess.Refuse(caller, [reconnect]) is { } refused) { return refused; }
        var existing = Ids.IsValid(reconnect) ? await store.GetAsync(caller, reconnect!, cancellationToken) : null;
        if (reconnect is not null && existing is null) { return Problem.NotFound("channel"); }
        if (networks.Find(existing?.Network ?? request.Network) is not { } network) { return Problem.InvalidField("network", "unknown_network", "There is no such network. GET /api/v1/networks lists them."); }
        if (Check(network.Descriptor, request, existing) is { } problem) { return problem; }
        var state = PendingConnects.NewState();
        var connect = new ConnectRequest
        {
            OrganizationId = caller.OrganizationId,
            ChannelId = existing?.Id ?? Ids.New(clock.GetUtcNow()),
            ServiceUrl = Given(request.ServiceUrl) ?? existing?.ServiceUrl,
            Identifier = Given(request.Identifier) ?? existing?.Handle,
            Secret = Given(request.Secret),
            DisplayName = Given(request.DisplayName) ?? existing?.DisplayName,
            CallbackUrl = $"{baseUrl.TrimEnd('/')}/connect/callback/{network.Descriptor.Key}",
            State = state,
        };
        var step = await network.ConnectAsync(connect, cancellationToken);
        if (!step.Ok) { return step.Problem; }
        if (step.Value is ConnectStep.Redirect(var url, var flow))
        {
            await pending.KeepAsync(caller, network.Descriptor.Key, connect, flow, cancellationToken);
            return new ConnectResult(null, url, state);
        }
        var account = ((ConnectStep.Connected)step.Value).Account;
        return (await keep.RunAsync(caller, new(network.Descriptor.Key, connect.ChannelId, account), cancellationToken)).Map(channel => new ConnectResult(channel.ToView(networks)));
    }

    private static Problem? Check(NetworkDescriptor network, ConnectChannelRequest request, Channel? existing)
    {
        if (!network.Available) { return Problem.Conflict("network_not_ready", network.Readiness ?? $"{network.Name} cannot be connected on this installation yet."); }
        if (request.DisplayName?.Length > 100) { return Problem.InvalidField("displayName", "name_too_long", "The name is longer than 100 characters. Shorten it."); }
        if (network.Connect != ConnectKind.Secret) { return null; }
        if (Given(request.Identifier) is null && existing is null) { return Problem.InvalidField("identifier", "identifier_missing", $"Enter the handle of your {network.Name} account."); }
        return Given(request.Secret) is null ? Problem.InvalidField("secret", "secret_missing", $"Enter an app password of your {network.Name} account.") : null;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
