using Platform.Features.Operations.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>What staff see first.</summary>
public sealed partial class OverviewPage(GetOverview action, CallerProvider callers, IEnumerable<DashboardPart> parts)
{
    private Result<Overview>? _overview;
    private Caller? _caller;

    private IEnumerable<DashboardPart> Parts => parts.Where(p => p.Column == DashboardColumn.Staff && _caller?.May(p.Permission) == true).OrderBy(p => p.Order);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _caller = await callers.GetAsync();
        _overview = await action.RunAsync(_caller, CancellationToken.None);
    }
}
