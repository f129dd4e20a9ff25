using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui.Parts;

namespace Platform.Features.Channels.Ui;

/// <summary>The connected accounts: health, connect, reconnect, pause, rename, remove.</summary>
public sealed partial class ChannelsPage(ChannelActions actions, Toasts toasts, NavigationManager navigation, IStringLocalizer<ChannelTexts> T)
{
    private Result<IReadOnlyList<ChannelView>>? channels;
    private IReadOnlyList<NetworkDescriptor> networks = [];
    private ConnectDialog? connect;
    private Modal? rename;
    private ConfirmByTyping? remove;
    private string name = "";
    private long waiting;
    private Problem? fault;

    [SupplyParameterFromQuery(Name = "connected")]
    private string? ConnectedId { get; set; }

    [SupplyParameterFromQuery(Name = "problem")]
    private string? ProblemCode { get; set; }

    private bool MayManage { get; set; }

    private ChannelView? Chosen { get; set; }

    private ChannelView? Came => ConnectedId is null ? null : channels?.Value?.FirstOrDefault(c => c.Id == ConnectedId);

    // Only codes that we know are turned into words: an address from outside puts no text of its own on this page.
    private string ProblemWords => T[$"Problem.{ProblemCode}"] is { ResourceNotFound: false } words ? words : T["Problem.other"];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        MayManage = (await actions.CallerAsync()).May(Permission.ChannelsManage);
        networks = (await actions.NetworksAsync()).Value ?? [];
        await LoadAsync();
    }

    private async Task LoadAsync() => channels = await actions.ListAsync();

    private NetworkDescriptor? NetworkOf(ChannelView channel) => networks.FirstOrDefault(n => n.Key == channel.Network);

    private async Task ConnectedAsync(ChannelView channel)
    {
        var known = channels?.Value?.Any(c => c.Id == channel.Id) == true;
        toasts.Say(T[known ? "Reconnected" : "Connected", channel.DisplayName]);
        await LoadAsync();
    }

    private async Task ChooseAsync(ChannelView channel, ChannelChoice choice)
    {
        (Chosen, fault, name) = (channel, null, channel.DisplayName);
        switch (choice)
        {
            case ChannelChoice.Reconnect: await connect!.ShowAsync(channel); break;
            case ChannelChoice.Check: await CheckAsync(channel); break;
            case ChannelChoice.Pause: await PauseAsync(channel, true); break;
            case ChannelChoice.Resume: await PauseAsync(channel, false); break;
            case ChannelChoice.Rename: await rename!.ShowAsync(); break;
            case ChannelChoice.Practice: navigation.NavigateTo($"/channels/{channel.Id}/practice"); break;
            default:
                waiting = await actions.WaitingAsync(channel.Id);
                await remove!.ShowAsync();
                break;
        }
    }

    private async Task CheckAsync(ChannelView channel)
    {
        var check = await actions.CheckAsync(channel.Id);
        toasts.Say(check switch
        {
            { Ok: false } => check.Problem.Message,
            { Value.Healthy: true } => T["Healthy", channel.DisplayName],
            _ => T["Unhealthy", channel.DisplayName, check.Value.Detail ?? ""],
        });
        await LoadAsync();
    }

    private async Task PauseAsync(ChannelView channel, bool paused)
    {
        var result = await actions.PauseAsync(channel.Id, paused);
        await LoadAsync();
        if (!result.Ok) { toasts.Say(result.Problem.Message); return; }
        toasts.OfferUndo(T[paused ? "Paused" : "Resumed", channel.DisplayName], async () =>
        {
            await actions.PauseAsync(channel.Id, !paused);
            await InvokeAsync(async () => { await LoadAsync(); StateHasChanged(); });
        });
    }

    private async Task RenameAsync()
    {
        var result = await actions.RenameAsync(Chosen!.Id, name);
        fault = result.Problem;
        if (!result.Ok) { return; }
        await rename!.CloseAsync();
        toasts.Say(T["Renamed", result.Value.DisplayName]);
        await LoadAsync();
    }

    private async Task<Problem?> RemoveAsync()
    {
        var result = await actions.RemoveAsync(Chosen!.Id);
        if (!result.Ok) { return result.Problem; }
        toasts.Say(T["Removed", Chosen.DisplayName]);
        await LoadAsync();
        StateHasChanged();
        return null;
    }
}
