using System.Text.Json;
using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <summary>Encrypts what channels keep secret, bound to organization, channel and purpose: a sealed text moved to another row does not open.</summary>
public sealed class ChannelSeal(ISecretBox box)
{
    /// <summary>Seals tokens.</summary>
    public string Seal(string organizationId, string channelId, ChannelSecrets secrets) =>
        box.Seal(JsonSerializer.Serialize(secrets), Bound(organizationId, channelId, "tokens"));

    /// <summary>Opens tokens.</summary>
    public ChannelSecrets OpenTokens(string organizationId, string channelId, string sealedText) =>
        JsonSerializer.Deserialize<ChannelSecrets>(box.Open(sealedText, Bound(organizationId, channelId, "tokens")))!;

    /// <summary>Seals a flow.</summary>
    public string Seal(string organizationId, string channelId, ConnectFlow flow) =>
        box.Seal(JsonSerializer.Serialize(flow), Bound(organizationId, channelId, "connect"));

    /// <summary>Opens a flow.</summary>
    public ConnectFlow OpenFlow(string organizationId, string channelId, string sealedText) =>
        JsonSerializer.Deserialize<ConnectFlow>(box.Open(sealedText, Bound(organizationId, channelId, "connect")))!;

    /// <summary>What a sealed text is bound to; the purposes are tokens and connect.</summary>
    internal static string Bound(string organizationId, string channelId, string purpose) => $"channel:{organizationId}:{channelId}:{purpose}";
}
