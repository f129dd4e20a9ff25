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
    private Problem? _said;

    /// <summary>The person's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _mayManage = caller.May(Permission.StaffTenantsManage);
        var person = await accounts.GetAsync(caller, Id, CancellationToken.None);
        if (person.Ok) { _memberships = await organizations.OfUserAsync(Id, CancellationToken.None); }
        _person = person;
    }

    private Task SuspendAsync(string reason) => ActAsync(async caller => await accounts.SuspendAsync(caller, Id, reason, CancellationToken.None), "Suspended.");

    private Task ActivateAsync() => ActAsync(async caller => await accounts.ActivateAsync(caller, Id, CancellationToken.None), "Active again.");

    private Task SignOutAsync() => ActAsync(async caller => await accounts.SignOutAsync(caller, Id, CancellationToken.None), "Signed out everywhere.");

    private async Task ActAsync(Func<Caller, Task<Result<Done>>> act, string done)
    {
        _said = (await act(await callers.GetAsync())).Problem;
        if (_said is null) { toasts.Say(done); }
        await LoadAsync();
    }
}
