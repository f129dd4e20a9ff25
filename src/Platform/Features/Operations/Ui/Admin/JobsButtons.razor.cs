using Microsoft.AspNetCore.Components;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>Requeue, run now, cancel.</summary>
public sealed partial class JobsButtons(ChangeJob change, CallerProvider callers, Toasts toasts)
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired] public required JobView Job { get; set; }

    /// <summary>It was done, or a problem stood against it.</summary>
    [Parameter, EditorRequired] public required EventCallback<Problem?> OnDone { get; set; }

    private async Task DoAsync(JobChange what)
    {
        var result = await change.RunAsync(await callers.GetAsync(), Job.Id, what, CancellationToken.None);
        if (result.Ok)
        {
            toasts.Say(what switch { JobChange.Requeue => T["JobsButtons.PutBackToTheFront"], JobChange.Run => T["JobsButtons.ReadyToRun"], _ => T["JobsButtons.Cancelled"] });
        }
        await OnDone.InvokeAsync(result.Problem);
    }
}
