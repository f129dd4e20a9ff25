using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui.Admin;

/// <summary>One colleague's account: role, suspension, second factor, sessions.</summary>
public sealed partial class StaffMemberPage(CallerProvider callers, StaffAccounts accounts, ChangeStaff change, Toasts toasts, IStringLocalizer<StaffTexts> T)
{
    private Result<StaffView>? account;
    private ConfirmByTyping? reset;
    private StaffRole role;
    private string reason = "";
    private bool own;
    private Problem? problem;

    /// <summary>The account's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        own = caller.UserId == Id;
        account = await accounts.GetAsync(caller, Id, CancellationToken.None);
        if (account.Ok) { role = account.Value.Role; }
    }

    private Task SaveRoleAsync() => ActAsync(caller => change.SetRoleAsync(caller, Id, role, CancellationToken.None), "RoleSaved");

    private Task InviteAgainAsync() => ActAsync(caller => accounts.InviteAgainAsync(caller, Id, CancellationToken.None), "InvitedAgain");

    private Task SignOutAsync() => ActAsync(caller => change.SignOutAsync(caller, Id, CancellationToken.None), "SignedOut");

    private Task ActivateAsync() => ActAsync(caller => change.ActivateAsync(caller, Id, CancellationToken.None), "Activated");

    private async Task SuspendAsync()
    {
        await ActAsync(caller => change.SuspendAsync(caller, Id, reason, CancellationToken.None), "NowSuspended");
        if (problem is null) { reason = ""; }
    }

    private async Task<Problem?> ResetAsync()
    {
        var done = await change.ResetTwoFactorAsync(await callers.GetAsync(), Id, CancellationToken.None);
        if (done.Ok) { toasts.Say(T["ResetDone"]); await LoadAsync(); }
        return done.Problem;
    }

    private async Task ActAsync(Func<Caller, Task<Result<Done>>> act, string done)
    {
        problem = (await act(await callers.GetAsync())).Problem;
        if (problem is null) { toasts.Say(T[done]); }
        await LoadAsync();
    }
}
