using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Channels.Ui;

/// <summary>Connects or reconnects a channel: choose the network, give what it asks for, or go there and come back.</summary>
public sealed partial class ConnectDialog(CallerProvider callers, ConnectChannel action, NavigationManager navigation, IConfiguration settings, IStringLocalizer<ChannelTexts> T)
{
    private Modal? modal;
    private string? serviceUrl;
    private string? identifier;
    private string? secret;
    private string? displayName;
    private Problem? problem;
    private bool busy;

    /// <summary>The networks of this installation.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<NetworkDescriptor> Networks { get; set; }

    /// <summary>Told of the channel when it is connected without leaving the page.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<ChannelView> OnConnected { get; set; }

    private NetworkDescriptor? Chosen { get; set; }

    private ChannelView? Again { get; set; }

    private string DialogTitle => Again is { } channel ? T["ReconnectTo", channel.DisplayName] : Chosen is { } network ? T["ConnectTo", network.Name] : T["ChooseNetwork"];

    private string Explanation => Chosen!.Connect switch
    {
        ConnectKind.None => T["NoneHint"],
        ConnectKind.OAuth => T["OAuthHint", Chosen.Name],
        _ => T["SecretHint", Chosen.Name],
    };

    private string ServerHint => Chosen?.DefaultServiceUrl is { } usual ? T["ServerHint", usual] : T["ServerHintNone"];

    /// <summary>Opens the dialog: for a new channel, or for one that is connected again.</summary>
    public Task ShowAsync(ChannelView? again)
    {
        Again = again;
        Choose(again is null ? null : Networks.FirstOrDefault(n => n.Key == again.Network));
        return modal!.ShowAsync();
    }

    private void Choose(NetworkDescriptor? network)
    {
        Chosen = network;
        (serviceUrl, identifier, secret, displayName, problem) = (null, Again?.Handle, null, null, null);
    }

    private async Task ConnectAsync()
    {
        if (busy) { return; }
        busy = true;
        try { await SendAsync(); }
        finally { busy = false; }
    }

    private async Task SendAsync()
    {
        var request = new ConnectChannelRequest { Network = Chosen!.Key, ServiceUrl = serviceUrl, Identifier = identifier, Secret = secret, DisplayName = displayName };
        var home = settings["Platform:PublicUrl"] is { Length: > 0 } url ? url : navigation.BaseUri;
        var result = await action.RunAsync(await callers.GetAsync(), request, home, Again?.Id, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        secret = null;
        if (result.Value.AuthorizeUrl is { } there) { navigation.NavigateTo(there, forceLoad: true); return; }
        await modal!.CloseAsync();
        await OnConnected.InvokeAsync(result.Value.Channel);
    }
}
