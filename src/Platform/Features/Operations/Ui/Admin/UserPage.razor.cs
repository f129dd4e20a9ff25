using Microsoft.AspNetCore.Components;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>One person: where they belong, and what staff can do.</summary>
public sealed partial class UserPage(IAccounts accounts, IOrganizations organizations, CallerProvider callers, Toasts toasts)
{
    private Result<PersonDetail>? _person;
    private IReadOnlyList<MembershipView> _memberships = [];
    private bool _mayManage;
    private bool _mayImpersonate;
    private Modal? _impersonate;
    private Problem? _said;

    /// <summary>The person's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <summary>Why an impersonation was not started, in one word; the form's answer.</summary>
    [SupplyParameterFromQuery(Name = "refused")] private string? Refused { get; set; }

    private string? Refusal => Refused switch
    {
        null => null,
        "reason_missing" => T["User.SayWhyInAtLeast"].Value,
        "account_suspended" => T["User.TheAccountIsSuspendedNobody"].Value,
        "staff_account" => T["User.ThisIsAColleaguesOwn"].Value,
        _ => T["User.ItWasRefusedLookAt"].Value,
    };

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        (_mayManage, _mayImpersonate) = (caller.May(Permission.StaffTenantsManage), caller.May(Permission.StaffImpersonate));
        var person = await accounts.GetAsync(caller, Id, CancellationToken.None);
        if (person.Ok) { _memberships = await organizations.OfUserAsync(Id, CancellationToken.None); }
        _person = person;
    }

    private Task SuspendAsync(string reason) => ActAsync(async caller => await accounts.SuspendAsync(caller, Id, reason, CancellationToken.None), T["User.Suspended"]);

    private Task ActivateAsync() => ActAsync(async caller => await accounts.ActivateAsync(caller, Id, CancellationToken.None), T["User.ActiveAgain"]);

    private Task SignOutAsync() => ActAsync(async caller => await accounts.SignOutAsync(caller, Id, CancellationToken.None), T["User.SignedOutEverywhere"]);

    private async Task ActAsync(Func<Caller, Task<Result<Done>>> act, string done)
    {
        _said = (await act(await callers.GetAsync())).Problem;
        if (_said is null) { toasts.Say(done); }
        await LoadAsync();
    }
}
