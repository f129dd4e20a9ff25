using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Domain;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Sandbox.Ui;

/// <summary>Tells a practice channel what to do wrong, and shows what it has seen.</summary>
public sealed partial class PracticePage(CallerProvider callers, Misbehave action, Toasts toasts, IStringLocalizer<PracticeTexts> T)
{
    private Result<SandboxState>? state;
    private PracticeForm form = new();
    private IReadOnlyList<SandboxCallRecord> calls = [];
    private Problem? problem;

    /// <summary>The channel.</summary>
    [Parameter]
    public required string Id { get; set; }

    private bool MayManage { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        MayManage = caller.May(Permission.ChannelsManage);
        Show(await action.ReadAsync(caller, Id, CancellationToken.None));
        await LoadCallsAsync();
    }

    private async Task LoadCallsAsync() =>
        calls = (await action.CallsAsync(await callers.GetAsync(), Id, null, 50, CancellationToken.None)).Value?.Items ?? [];

    private void Show(Result<SandboxState> read)
    {
        state = read;
        if (read.Ok) { form = PracticeForm.Of(read.Value.Behavior); }
    }

    private Task ResetAsync()
    {
        form = new PracticeForm();
        return SaveAsync();
    }

    private async Task SaveAsync()
    {
        var result = await action.RunAsync(await callers.GetAsync(), Id, form.ToBehavior(), CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["Saved"]);
    }
}
