using Microsoft.AspNetCore.Components;
using Platform.Features.Operations.Actions;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>The recurring jobs.</summary>
public sealed partial class JobsRecurring(TriggerRecurringJob trigger, CallerProvider callers, Toasts toasts)
{
    private Problem? _problem;

    /// <summary>The jobs; null while they are read.</summary>
    [Parameter, EditorRequired] public required Result<IReadOnlyList<RecurringView>>? Jobs { get; set; }

    /// <summary>Whether the reader may run them.</summary>
    [Parameter, EditorRequired] public required bool MayManage { get; set; }

    /// <summary>Reads again.</summary>
    [Parameter] public EventCallback OnRetry { get; set; }

    /// <summary>One was begun.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private async Task RunAsync(string name)
    {
        var result = await trigger.RunAsync(await callers.GetAsync(), name, CancellationToken.None);
        _problem = result.Problem;
        if (result.Ok) { toasts.Say($"{name} is on its way"); }
        await OnChanged.InvokeAsync();
    }
}
