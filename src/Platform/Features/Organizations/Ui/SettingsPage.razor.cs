using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>The organization's settings, by subject.</summary>
public sealed partial class SettingsPage(CallerProvider callers, IStringLocalizer<OrganizationTexts> T)
{
    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Signed { get; set; }

    private bool MayManage { get; set; }

    private bool IsOwner { get; set; }

    private IReadOnlyList<Tab> Choices =>
    [
        new Tab("", T["General"]), new Tab("profile", T["Business"]), new Tab("links", T["Links"]),
        .. MayManage ? [new Tab("security", T["Security"])] : Array.Empty<Tab>(), .. IsOwner ? [new Tab("close", T["Closing"])] : Array.Empty<Tab>(),
    ];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var caller = await callers.GetAsync();
        (MayManage, IsOwner) = (caller.May(Permission.OrganizationManage), caller.Role == Role.Owner);
    }
}
