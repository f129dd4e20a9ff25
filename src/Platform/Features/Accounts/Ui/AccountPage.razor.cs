using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>A person's own account: name, appearance, keyboard, sessions.</summary>
public sealed partial class AccountPage(CallerProvider callers, OwnAccount account, OwnSessions own, Toasts toasts, IStringLocalizer<AccountPageTexts> T)
{
    private static readonly string[] Themes = ["light", "dark", "system"];
    private Result<MeView>? me;
    private Result<IReadOnlyList<SessionView>>? sessions;
    private string firstName = "";
    private string lastName = "";
    private Problem? problem;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        me = await account.GetAsync(caller, CancellationToken.None);
        if (me.Ok) { (firstName, lastName) = (me.Value.User.FirstName, me.Value.User.LastName); }
        sessions = (await own.ListAsync(caller, CancellationToken.None)).Map(page => page.Items);
    }

    private string? FaultOf(string field) => problem?.Fields.TryGetValue(field, out var faults) == true ? string.Join(" ", faults) : null;

    private async Task SaveAsync()
    {
        problem = (await account.UpdateAsync(await callers.GetAsync(), new UpdateProfileRequest(firstName, lastName), CancellationToken.None)).Problem;
        if (problem is null) { toasts.Say(T["Saved"]); }
    }

    private async Task EndAsync(string id)
    {
        var result = await own.EndAsync(await callers.GetAsync(), id, CancellationToken.None);
        toasts.Say(result.Ok ? T["Ended"] : result.Problem.Message);
        await LoadAsync();
    }
}
