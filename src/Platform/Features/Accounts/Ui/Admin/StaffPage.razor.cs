using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui.Admin;

/// <summary>The colleagues: who has an account, with which role, and inviting more.</summary>
public sealed partial class StaffPage(CallerProvider callers, StaffAccounts accounts, Toasts toasts, IStringLocalizer<StaffTexts> T)
{
    private Result<Page<StaffView>>? staff;
    private Modal? invite;
    private string name = "";
    private string email = "";
    private StaffRole role = StaffRole.Support;
    private Problem? problem;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => staff = await accounts.ListAsync(await callers.GetAsync(), 50, null, CancellationToken.None);

    private async Task MoreAsync(string cursor)
    {
        var next = await accounts.ListAsync(await callers.GetAsync(), 50, cursor, CancellationToken.None);
        staff = next.Map(n => new Page<StaffView>([.. staff!.Value!.Items, .. n.Items], n.NextCursor));
    }

    private Task AskAsync()
    {
        (name, email, role, problem) = ("", "", StaffRole.Support, null);
        return invite!.ShowAsync();
    }

    private async Task InviteAsync()
    {
        var made = await accounts.InviteAsync(await callers.GetAsync(), new InviteStaffRequest(email, name, role), CancellationToken.None);
        problem = made.Problem;
        if (!made.Ok) { return; }
        await invite!.CloseAsync();
        toasts.Say(T["Invited", made.Value.Email]);
        await LoadAsync();
    }

}
