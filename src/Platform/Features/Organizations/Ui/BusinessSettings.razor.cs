using Microsoft.Extensions.Localization;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>What the organization does and for whom.</summary>
public sealed partial class BusinessSettings(CallerProvider callers, SettingsActions actions, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Result<ProfileView>? profile;
    private string industry = "";
    private string size = "";
    private string website = "";
    private string description = "";
    private string audience = "";
    private string goals = "";
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
        if (found.Value?.Business is not { } b) { return; }
        (industry, size, website, description, audience, goals) = (b.Industry, b.Size, b.Website, b.Description, b.Audience, string.Join('\n', b.Goals));
    }

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var wanted = new BusinessProfile { Industry = industry, Size = size, Website = website, Description = description, Audience = audience, Goals = goals.Split('\n') };
        var result = await actions.Profile.SetBusinessAsync(caller, caller.OrganizationId, wanted, profile?.Value?.Version, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["SavedShort"]);
    }
}
