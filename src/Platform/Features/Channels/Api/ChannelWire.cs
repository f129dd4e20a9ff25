using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Contracts;
using Platform.Networks;

namespace Platform.Features.Channels.Api;

/// <summary>A channel on the wire.</summary>
public sealed record ChannelAnswer(
    string Id,
    string Network,
    string Handle,
    string DisplayName,
    ChannelStatus Status,
    string? StatusReason,
    string? ProfileUrl,
    string? AvatarUrl,
    string? ServiceUrl,
    NetworkLimits Limits,
    PostingDefaults Defaults,
    DateTimeOffset? LastCheckedAt,
    DateTimeOffset ConnectedAt)
{
    /// <summary>From a view.</summary>
    public static ChannelAnswer From(ChannelView view) => new(
        view.Id, view.Network, view.Handle, view.DisplayName, view.Status, view.StatusReason, view.ProfileUrl, view.AvatarUrl, view.ServiceUrl,
        view.Limits, view.Defaults, view.LastCheckedAt, view.ConnectedAt);
}

/// <summary>Where to send the person.</summary>
public sealed record AuthorizeAnswer(string AuthorizeUrl, string State);

/// <summary>What a check found.</summary>
public sealed record CheckAnswer(bool Healthy, string? Detail, ChannelAnswer Channel)
{
    /// <summary>From an action's value.</summary>
    public static CheckAnswer From(ChannelCheck check) => new(check.Healthy, check.Detail, ChannelAnswer.From(check.Channel));
}

/// <summary>A network on the wire.</summary>
public sealed record NetworkAnswer(
    string Key,
    string Name,
    string Color,
    ConnectKind Connect,
    bool HasServiceUrl,
    string? DefaultServiceUrl,
    NetworkLimits Limits,
    IReadOnlyList<string> Capabilities,
    bool Available,
    string? Readiness)
{
    /// <summary>From a descriptor.</summary>
    public static NetworkAnswer From(NetworkDescriptor network) => new(
        network.Key, network.Name, network.Color, network.Connect, network.HasServiceUrl, network.DefaultServiceUrl, network.Limits,
        [.. Enum.GetValues<NetworkCapabilities>().Where(c => c != NetworkCapabilities.None && network.Capabilities.HasFlag(c)).Select(c => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(c.ToString()))],
        network.Available, network.Readiness);
}

/// <summary>What an API client got at its own callback.</summary>
/// <param name="Network">The network's key.</param>
/// <param name="Parameters">The query of the address that the network called: <c>state</c>, <c>code</c> and the like.</param>
public sealed record CompleteConnectBody(string Network, IReadOnlyDictionary<string, string> Parameters);
