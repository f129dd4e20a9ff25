using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using NodaTime;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>The organization's name, zone, week and logo.</summary>
public sealed partial class GeneralSettings(CallerProvider callers, SettingsActions actions, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private const long LargestLogo = 5 * 1024 * 1024;
    private Result<OrganizationView>? organization;
    private string name = "";
    private string zone = "";
    private DayOfWeek week = DayOfWeek.Monday;
    private Problem? problem;
    private Problem? logoProblem;

    private bool MayManage { get; set; }

    private static IEnumerable<string> Zones => DateTimeZoneProviders.Tzdb.Ids;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        problem = null;
        var caller = await callers.GetAsync();
        MayManage = caller.May(Permission.OrganizationManage);
        Show(await actions.Read.GetAsync(caller, caller.OrganizationId, CancellationToken.None));
    }

    private void Show(Result<OrganizationView> found)
    {
        organization = found;
        if (found.Ok) { (name, zone, week) = (found.Value.Name, found.Value.TimeZone, found.Value.WeekStart); }
    }

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await actions.Update.RunAsync(caller, caller.OrganizationId, new UpdateOrganizationRequest(name, zone.Trim(), week), organization?.Value?.Version, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["Saved"]);
    }

    private async Task UploadAsync(InputFileChangeEventArgs change)
    {
        await using var stream = change.File.OpenReadStream(LargestLogo);
        try
        {
            var uploaded = await actions.Media.UploadAsync(await callers.GetAsync(), new NewMedia(change.File.Name, stream, T["LogoOf", name]), CancellationToken.None);
            logoProblem = uploaded.Problem;
            if (uploaded.Ok) { await SetLogoAsync(uploaded.Value.Id); }
        }
        catch (IOException)
        {
            logoProblem = Problem.InvalidField("file", "media_too_large", T["LogoTooLarge"]);
        }
    }

    private async Task SetLogoAsync(string? mediaId)
    {
        var caller = await callers.GetAsync();
        logoProblem = (await actions.Profile.SetLogoAsync(caller, caller.OrganizationId, mediaId, CancellationToken.None)).Problem;
        if (logoProblem is null) { toasts.Say(T["SavedShort"]); }
        await LoadAsync();
    }
}
