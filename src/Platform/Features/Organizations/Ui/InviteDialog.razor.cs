using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>Asks somebody to join.</summary>
public sealed partial class InviteDialog(CallerProvider callers, InvitationCommands commands, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Modal? modal;
    private RightsForm rights = new();
    private IReadOnlyList<Role> roles = [];
    private string email = "";
    private string note = "";
    private Problem? problem;
    private bool busy;

    /// <summary>The organization's channels.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChannelView> Channels { get; set; }

    /// <summary>The plan's places.</summary>
    [Parameter]
    public PlacesView? Places { get; set; }

    /// <summary>Told after an invitation went out.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnDone { get; set; }

    /// <summary>Opens the dialog, empty.</summary>
    public async Task ShowAsync()
    {
        (rights, email, note, problem) = (new RightsForm(), "", "", null);
        roles = RightsForm.RolesFor((await callers.GetAsync()).Role);
        await modal!.ShowAsync();
    }

    private async Task SendAsync()
    {
        if (busy) { return; }
        busy = true;
        try
        {
            var caller = await callers.GetAsync();
            var result = await commands.Invite.RunAsync(caller, caller.OrganizationId, new InviteMemberRequest(email, rights.Role, rights.Wanted, note), CancellationToken.None);
            problem = result.Problem;
            if (!result.Ok) { return; }
            await modal!.CloseAsync();
            toasts.Say(T["Invited", result.Value.Email]);
            await OnDone.InvokeAsync();
        }
        finally { busy = false; }
    }
}
