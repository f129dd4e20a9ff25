using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Channels.Ui;

/// <summary>What the channels' page can do, each for whoever is signed in at that moment.</summary>
public sealed class ChannelActions(
    CallerProvider callers, IChannels channels, IPublishing publishing, ListNetworks networks, UpdateChannel update, ChannelCare care)
{
    /// <summary>Who looks.</summary>
    public Task<Caller> CallerAsync() => callers.GetAsync();

    /// <summary>The channels, those that need a person first.</summary>
    public async Task<Result<IReadOnlyList<ChannelView>>> ListAsync()
    {
        var caller = await callers.GetAsync();
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return (await channels.ListAsync(caller, CancellationToken.None)).OrderBy(c => c.Status is not ChannelStatus.NeedsReconnect).ThenBy(c => c.DisplayName, StringComparer.CurrentCultureIgnoreCase).ToList();
    }

    /// <summary>The networks of this installation.</summary>
    public async Task<Result<IReadOnlyList<NetworkDescriptor>>> NetworksAsync() => networks.Run(await callers.GetAsync());

    /// <summary>How many posts wait for a channel.</summary>
    public async Task<long> WaitingAsync(string id) => await publishing.CountWaitingAsync(await callers.GetAsync(), id, CancellationToken.None);

    /// <summary>Pauses or resumes.</summary>
    public async Task<Result<ChannelView>> PauseAsync(string id, bool paused) => await update.RunAsync(await callers.GetAsync(), id, new(Paused: paused), CancellationToken.None);

    /// <summary>Renames.</summary>
    public async Task<Result<ChannelView>> RenameAsync(string id, string name) => await update.RunAsync(await callers.GetAsync(), id, new(DisplayName: name), CancellationToken.None);

    /// <summary>Asks the network whether it works.</summary>
    public async Task<Result<ChannelCheck>> CheckAsync(string id) => await care.Check.RunAsync(await callers.GetAsync(), id, CancellationToken.None);

    /// <summary>Removes it for good.</summary>
    public async Task<Result<Done>> RemoveAsync(string id) => await care.Remove.RunAsync(await callers.GetAsync(), id, CancellationToken.None);
}

/// <summary>The two actions that look after a channel's life.</summary>
/// <param name="Check">Asks the network.</param>
/// <param name="Remove">Ends it.</param>
public sealed record ChannelCare(CheckChannel Check, RemoveChannel Remove);
