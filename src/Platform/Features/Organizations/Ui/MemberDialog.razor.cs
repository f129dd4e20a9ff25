using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>Changes what a member may do.</summary>
public sealed partial class MemberDialog(CallerProvider callers, MemberCommands commands, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Modal? modal;
    private MemberView? member;
    private RightsForm rights = new();
    private IReadOnlyList<Role> roles = [];
    private Problem? problem;

    /// <summary>The organization's channels.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChannelView> Channels { get; set; }

    /// <summary>Told after a change.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnDone { get; set; }

    /// <summary>Opens the dialog for a member.</summary>
    public async Task ShowAsync(MemberView whom)
    {
        (member, problem, rights) = (whom, null, new RightsForm { Role = whom.Role, AllChannels = whom.Channels is null });
        foreach (var channel in whom.Channels ?? []) { rights.Choose(channel, true); }
        roles = RightsForm.RolesFor((await callers.GetAsync()).Role);
        await modal!.ShowAsync();
    }

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await commands.Change.RunAsync(caller, caller.OrganizationId, member!.UserId, new ChangeMemberRequest(rights.Role, rights.Wanted), CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        await modal!.CloseAsync();
        toasts.Say(T["Changed", member.Name, T["Role." + rights.Role]]);
        await OnDone.InvokeAsync();
    }
}
