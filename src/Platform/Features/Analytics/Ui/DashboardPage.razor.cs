using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Analytics.Ui;

/// <summary>The start page: first steps while they last, then numbers, what is coming, what needs a person, and the channels' health. The cards belong to the features.</summary>
public sealed partial class DashboardPage(CallerProvider callers, NavigationManager navigation, IEnumerable<DashboardPart> parts, IStringLocalizer<DashboardTexts> T)
{
    private Caller Caller { get; set; } = Caller.Anonymous;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Caller = await callers.GetAsync();
        // Who acts in no organization learns why; a client has one page of theirs.
        if (Caller.Organization is null) { navigation.NavigateTo("/no-access", forceLoad: true); }
        else if (!Caller.May(Permission.ContentRead)) { navigation.NavigateTo("/approvals"); }
    }

    private IEnumerable<DashboardPart> In(DashboardColumn column) => parts.Where(p => p.Column == column && Caller.May(p.Permission)).OrderBy(p => p.Order);
}
