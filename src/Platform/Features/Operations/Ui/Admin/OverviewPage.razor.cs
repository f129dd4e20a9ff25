using Platform.Features.Operations.Actions;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>What staff see first.</summary>
public sealed partial class OverviewPage(GetOverview action, CallerProvider callers)
{
    private Result<Overview>? _overview;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _overview = await action.RunAsync(await callers.GetAsync(), CancellationToken.None);
}
