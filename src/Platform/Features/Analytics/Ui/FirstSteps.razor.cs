using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Analytics.Ui;

/// <summary>The first-run checklist: connect, write, schedule, see it published. Each step asks what is stored; when all are done it is gone.</summary>
public sealed partial class FirstSteps(IEnumerable<IFirstStep> steps, IStringLocalizer<DashboardTexts> T)
{
    /// <summary>Who looks.</summary>
    [Parameter, EditorRequired]
    public required Caller Caller { get; set; }

    private IReadOnlyList<(IFirstStep Step, bool Done)>? Steps { get; set; }

    private IFirstStep? Next => Steps?.FirstOrDefault(s => !s.Done).Step;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if (Caller.Organization is null || !Caller.May(Permission.ContentWrite)) { return; }
        var found = new List<(IFirstStep, bool)>();
        foreach (var step in steps.OrderBy(s => s.Order)) { found.Add((step, await step.IsDoneAsync(Caller, CancellationToken.None))); }
        Steps = found;
    }
}
