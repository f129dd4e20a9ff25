using Microsoft.AspNetCore.Components;
using Platform.Features.Operations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>One organization: plan, members, channels, and what staff can do.</summary>
public sealed partial class OrganizationPage(GetTenant action, IOrganizations organizations, CallerProvider callers, Toasts toasts)
{
    private Result<Tenant>? _tenant;
    private bool _mayManage;
    private Problem? _said;

    /// <summary>The organization's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _mayManage = caller.May(Permission.StaffTenantsManage);
        _tenant = await action.RunAsync(caller, Id, CancellationToken.None);
    }

    private Task SuspendAsync(string reason) => ActAsync(async caller => await organizations.SuspendAsync(caller, Id, reason, CancellationToken.None), T["Organization.Suspended"]);

    private Task ActivateAsync() => ActAsync(async caller => await organizations.ActivateAsync(caller, Id, CancellationToken.None), T["Organization.ActiveAgain"]);

    private async Task ActAsync(Func<Caller, Task<Result<Done>>> act, string done)
    {
        _said = (await act(await callers.GetAsync())).Problem;
        if (_said is null) { toasts.Say(done); }
        await LoadAsync();
    }
}
