using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Organizations.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>Hands the ownership to another member: asks for the organization's name and for the password.</summary>
public sealed partial class TransferDialog(CallerProvider callers, MemberCommands commands, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private ConfirmByTyping? modal;
    private MemberView? member;
    private string password = "";

    /// <summary>What must be typed.</summary>
    [Parameter, EditorRequired]
    public required string OrganizationName { get; set; }

    /// <summary>Told afterwards.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnDone { get; set; }

    /// <summary>Opens the dialog for a member.</summary>
    public Task ShowAsync(MemberView whom)
    {
        (member, password) = (whom, "");
        return modal!.ShowAsync();
    }

    private async Task<Problem?> TransferAsync()
    {
        var caller = await callers.GetAsync();
        var result = await commands.Transfer.RunAsync(caller, caller.OrganizationId, new TransferOwnershipRequest(member!.UserId, OrganizationName, password), CancellationToken.None);
        password = "";
        if (!result.Ok) { return result.Problem; }
        toasts.Say(T["Transferred", member.Name]);
        await OnDone.InvokeAsync();
        return null;
    }
}
