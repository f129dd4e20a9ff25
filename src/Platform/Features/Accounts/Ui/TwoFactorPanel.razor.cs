using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>Puts an authenticator app on and off, and shows recovery codes once.</summary>
public sealed partial class TwoFactorPanel(CallerProvider callers, TwoFactorSettings settings, Toasts toasts, IStringLocalizer<SignInTexts> T)
{
    private ConfirmDialog? confirm;
    private Modal? off;
    private Result<TwoFactorStatus>? status;
    private TwoFactorSecret? secret;
    private IReadOnlyList<string>? codes;
    private string code = "";
    private string password = "";
    private bool endOthers = true;
    private bool busy;
    private Problem? problem;

    /// <summary>Told after something changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private static string Grouped(string key) => string.Join(' ', key.Chunk(4).Select(part => new string(part)));

    private async Task LoadAsync() => status = await settings.StatusAsync(await callers.GetAsync(), CancellationToken.None);

    private void Reset() => (code, password, problem) = ("", "", null);

    private async Task BeginAsync()
    {
        Reset();
        if (!await confirm!.EnsureAsync()) { return; }
        var result = await settings.BeginAsync(await callers.GetAsync(), CancellationToken.None);
        (secret, problem) = (result.Value, result.Problem);
    }

    private async Task EnableAsync()
    {
        if (!await confirm!.EnsureAsync()) { return; }
        // Making the recovery codes is slow on purpose.
        busy = true;
        var result = await settings.EnableAsync(await callers.GetAsync(), new VerifyTwoFactorRequest(code, endOthers), CancellationToken.None);
        busy = false;
        problem = result.Problem;
        if (!result.Ok) { return; }
        (secret, codes) = (null, result.Value.RecoveryCodes);
        await LoadAsync();
        await OnChanged.InvokeAsync();
    }

    private async Task RenewAsync()
    {
        if (!await confirm!.EnsureAsync()) { return; }
        busy = true;
        var result = await settings.RegenerateAsync(await callers.GetAsync(), CancellationToken.None);
        busy = false;
        if (result.Ok) { codes = result.Value.RecoveryCodes; }
        else { toasts.Say(result.Problem.Message); }
    }

    private Task AskOffAsync()
    {
        Reset();
        return off!.ShowAsync();
    }

    private async Task DisableAsync()
    {
        problem = (await settings.DisableAsync(await callers.GetAsync(), new DisableTwoFactorRequest(password, code), CancellationToken.None)).Problem;
        if (problem is not null) { return; }
        Reset();
        await off!.CloseAsync();
        toasts.Say(T["Off.Done"]);
        await LoadAsync();
        await OnChanged.InvokeAsync();
    }

    private Task Kept()
    {
        codes = null;
        return LoadAsync();
    }
}
