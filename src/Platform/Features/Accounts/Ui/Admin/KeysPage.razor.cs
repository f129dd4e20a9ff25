using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui.Admin;

/// <summary>The installation's keys.</summary>
public sealed partial class KeysPage(ReadKeys read, RotateSigningKeys rotate, SealAgain seal, CallerProvider callers, Toasts toasts, IStringLocalizer<KeysTexts> T)
{
    private Result<KeysView>? keys;
    private Problem? failure;
    private bool busy;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => keys = await read.RunAsync(await callers.GetAsync(), CancellationToken.None);

    private Task RotateAsync() => DoAsync(async () => (await rotate.RunAsync(await callers.GetAsync(), CancellationToken.None)).Problem, T["Rotated"]);

    private Task SealAsync() => DoAsync(async () => (await seal.RunAsync(await callers.GetAsync(), CancellationToken.None)).Problem, T["SealedAgain"]);

    private async Task DoAsync(Func<Task<Problem?>> act, string done)
    {
        if (busy) { return; }
        busy = true;
        try { failure = await act(); }
        finally { busy = false; }
        if (failure is null) { toasts.Say(done); }
        await LoadAsync();
    }

    private static (Tone Tone, string Icon) LookOf(string state) => state switch
    {
        "signing" => (Tone.Success, "check_circle"),
        "coming" => (Tone.Info, "schedule"),
        "checking" => (Tone.Neutral, "history"),
        _ => (Tone.Neutral, "block"),
    };
}
