using Microsoft.Extensions.Localization;
using NodaTime;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>The organization's settings.</summary>
public sealed partial class SettingsPage(CallerProvider callers, ReadOrganizations read, UpdateOrganization update, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Result<OrganizationView>? organization;
    private string name = "";
    private string zone = "";
    private DayOfWeek week = DayOfWeek.Monday;
    private Problem? problem;

    private bool MayManage { get; set; }

    private static IEnumerable<string> Zones => DateTimeZoneProviders.Tzdb.Ids;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        problem = null;
        var caller = await callers.GetAsync();
        MayManage = caller.May(Permission.OrganizationManage);
        Show(await read.GetAsync(caller, caller.OrganizationId, CancellationToken.None));
    }

    private void Show(Result<OrganizationView> found)
    {
        organization = found;
        if (found.Ok) { (name, zone, week) = (found.Value.Name, found.Value.TimeZone, found.Value.WeekStart); }
    }

    private string? FaultOf(string field) => problem?.Fields.TryGetValue(field, out var faults) == true ? string.Join(" ", faults) : null;

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await update.RunAsync(caller, caller.OrganizationId, new UpdateOrganizationRequest(name, zone.Trim(), week), organization?.Value?.Version, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["Saved"]);
    }
}
