using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Organizations.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>Where an owner closes the organization.</summary>
public sealed partial class CloseSettings(CallerProvider callers, SettingsActions actions, Clock clock, NavigationManager navigation, IStringLocalizer<OrganizationTexts> T)
{
    private ConfirmByTyping? confirm;
    private string name = "";
    private string password = "";
    private int days;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var caller = await callers.GetAsync();
        days = (int)clock.ClosingLife.TotalDays;
        name = (await actions.Read.GetAsync(caller, caller.OrganizationId, CancellationToken.None)).Value?.Name ?? "";
    }

    private Task AskAsync()
    {
        password = "";
        return confirm!.ShowAsync();
    }

    private async Task<Problem?> CloseAsync()
    {
        var caller = await callers.GetAsync();
        var result = await actions.Close.RunAsync(caller, caller.OrganizationId, new CloseOrganizationRequest(name, password), CancellationToken.None);
        password = "";
        if (result.Ok) { navigation.NavigateTo("/no-access", forceLoad: true); }
        return result.Problem;
    }
}
