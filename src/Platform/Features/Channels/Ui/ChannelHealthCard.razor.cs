using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Features.Channels.Ui;

/// <summary>Dashboard card: whether each channel can be sent to, those that need a person first.</summary>
public sealed partial class ChannelHealthCard(ChannelActions actions, INetworks networks, IStringLocalizer<ChannelTexts> T)
{
    private Result<IReadOnlyList<ChannelView>>? channels;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => channels = await actions.ListAsync();

    private string NameOf(ChannelView channel) => networks.Find(channel.Network)?.Descriptor.Name ?? channel.Network;

    private string ColorOf(ChannelView channel) => networks.Find(channel.Network)?.Descriptor.Color ?? "currentcolor";
}
