using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui.Admin;

/// <summary>Where staff may come from, and how long their sessions last.</summary>
public sealed partial class AccessPage(CallerProvider callers, EditStaffNetworks edit, StaffRules staffRules, Toasts toasts, IStringLocalizer<StaffTexts> T)
{
    private readonly StaffSessionRules rules = staffRules.Sessions;
    private Result<StaffNetworksView>? view;
    private string range = "";
    private string note = "";
    private Problem? problem;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => view = await edit.GetAsync(await callers.GetAsync(), CancellationToken.None);

    private async Task AddAsync()
    {
        await SaveAsync([.. view!.Value!.Networks, new StaffNetworkEntry(range, note)], "NetworkAdded");
        if (problem is null) { (range, note) = ("", ""); }
    }

    private Task RemoveAsync(StaffNetworkEntry network) => SaveAsync([.. view!.Value!.Networks.Where(n => n != network)], "NetworkRemoved");

    private async Task SaveAsync(IReadOnlyList<StaffNetworkEntry> networks, string done)
    {
        var saved = await edit.SetAsync(await callers.GetAsync(), new SetStaffNetworksRequest(networks), CancellationToken.None);
        problem = saved.Problem;
        if (!saved.Ok) { return; }
        view = saved;
        toasts.Say(T[done]);
    }
}
