using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Channels.Ui;

/// <summary>First step: connect a channel.</summary>
public sealed class ConnectFirstChannel(IChannels channels, IStringLocalizer<ChannelTexts> T) : IFirstStep
{
    /// <inheritdoc />
    public int Order => 10;

    /// <inheritdoc />
    public string Title => T["Step.Title"];

    /// <inheritdoc />
    public string Text => T["Step.Text"];

    /// <inheritdoc />
    public string Url => "/channels";

    /// <inheritdoc />
    public async Task<bool> IsDoneAsync(Caller caller, CancellationToken cancellationToken) => (await channels.ListAsync(caller, cancellationToken)).Count > 0;
}
