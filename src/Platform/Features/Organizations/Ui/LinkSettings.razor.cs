using Microsoft.Extensions.Localization;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>What links in posts are tagged with.</summary>
public sealed partial class LinkSettings(CallerProvider callers, SettingsActions actions, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Result<ProfileView>? profile;
    private string source = "";
    private string medium = "";
    private string campaign = "";
    private Problem? problem;

    private bool MayManage { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        problem = null;
        var caller = await callers.GetAsync();
        MayManage = caller.May(Permission.OrganizationManage);
        Show(await actions.Profile.GetAsync(caller, caller.OrganizationId, CancellationToken.None));
    }

    private void Show(Result<ProfileView> found)
    {
        profile = found;
        if (found.Value?.Utm is { } utm) { (source, medium, campaign) = (utm.Source, utm.Medium, utm.Campaign); }
    }

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await actions.Profile.SetUtmAsync(caller, caller.OrganizationId, new UtmDefaults { Source = source, Medium = medium, Campaign = campaign }, profile?.Value?.Version, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["SavedShort"]);
    }
}
